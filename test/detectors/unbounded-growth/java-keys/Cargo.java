package harbour;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

record FormKey(Class<?> clazz, String type) {}

record CrateKey(Class<?> clazz, String crate) {}

class Cargo {
    private static final Map<FormKey, Integer> FORMS = new ConcurrentHashMap<>();
    private static final Map<CrateKey, Integer> CRATES = new ConcurrentHashMap<>();

    @PostMapping("/cargo")
    void load(@RequestParam String crate, @RequestParam String kind) {
        form(crate.getClass(), kind);
        note(crate.getClass(), crate);
    }

    private void form(Class<?> clazz, String type) {
        FORMS.computeIfAbsent(new FormKey(clazz, type), key -> 1); // want-info "There are few keys, by their name\.$"
    }

    private void note(Class<?> clazz, String crate) {
        CRATES.computeIfAbsent(new CrateKey(clazz, crate), key -> 1); // want "CRATES` only ever grows: .* as they like\.$"
    }
}

// One for each request, and what it holds with it.
@Path("/sheets")
class SheetResource {
    private final Sheets sheets = new Sheets();

    @GET
    public String sheet(String name) {
        return sheets.unique(name);
    }
}

class Sheets {
    private final Map<String, Integer> counts = new HashMap<>();

    String unique(String name) {
        counts.merge(name, 1, Integer::sum);
        return name + counts.get(name);
    }
}
