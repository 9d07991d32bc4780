package roster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Notes {
    private final Map<String, List<String>> notes = new HashMap<>();
    private final Map<String, String> titles = new HashMap<>();

    @PostMapping("/notes/{id}")
    public synchronized void add(@PathVariable String id) {
        notes.computeIfAbsent(id, key -> new ArrayList<>()).add("note");
        titles.put(id, "title");
    }

    @GetMapping("/notes/{id}")
    public synchronized List<String> of(@PathVariable String id) {
        return notes.get(id); // want "`of` returns `Notes.notes` itself, .* while `add` changes it under that lock\.$"
    }

    @GetMapping("/notes/{id}/text")
    public String text(@PathVariable String id) {
        List<String> list;
        synchronized (this) {
            list = notes.get(id);
        }
        return String.join(",", list); // want "`text` uses `Notes.notes` after it has released"
    }
}
