package harbour;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

class Moorings {
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, Integer> free = new HashMap<>();

    synchronized void moor(String ship) {
        taken.put(ship, 1);
        free.remove(ship);
    }

    synchronized Map<String, Integer> view() {
        return Collections.unmodifiableMap(taken); // want "`view` returns `Moorings.taken` itself"
    }

    synchronized Set<String> names() {
        return free.keySet(); // want "`names` returns `Moorings.free` itself"
    }

    synchronized Map<String, Integer> copy() {
        return Map.copyOf(taken);
    }

    int total() {
        int sum = 0;
        for (int count : view().values()) sum += count;
        for (String name : names()) sum += name.length();
        return sum;
    }
}
