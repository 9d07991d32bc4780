package pier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

public class Notes {
    private final Map<String, List<String>> notes = new HashMap<>();
    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, List<String>> fixed = new HashMap<>();

    public synchronized void add(String id) {
        notes.computeIfAbsent(id, key -> new ArrayList<>()).add("note");
        titles.put(id, "title");
        fixed.put(id, List.of(id));
    }

    // The elements are no collections.
    public synchronized String title(String id) {
        return titles.get(id);
    }

    // Nobody changes the lists in it.
    public synchronized List<String> fixed(String id) {
        return fixed.get(id);
    }

    public synchronized List<String> copy(String id) {
        return new ArrayList<>(notes.get(id));
    }

    // Taken out before others can come.
    public String drop(String id) {
        List<String> taken;
        synchronized (this) {
            taken = notes.get(id);
            notes.remove(id);
        }
        return String.join(",", taken);
    }
}
