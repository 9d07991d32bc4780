package dev.pier;

import java.util.HashSet;
import java.util.Set;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Pier {
    private final Set<String> seen = new HashSet<>();
    private final Set<String> berthed = new HashSet<>();

    @PostMapping("/horns/{id}")
    public synchronized boolean horn(@PathVariable String id) {
        if (seen.contains(id)) {
            return false;
        }
        seen.add(id); // want "`Pier.seen` only ever grows: each request to `/horns/\{id\}` may add an element"
        return true;
    }

    @PostMapping("/berths/{id}")
    public synchronized boolean berth(@PathVariable String id) {
        if (berthed.contains(id)) {
            return false;
        }
        berthed.add(id);
        return true;
    }

    @PostMapping("/berths/{id}/leave")
    public synchronized void leave(@PathVariable String id) {
        berthed.remove(id);
    }
}
