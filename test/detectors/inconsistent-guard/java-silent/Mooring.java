package ferry;

import java.util.HashMap;
import java.util.Map;

/** What it holds takes care of itself, by what it is declared with. */
class Mooring {
    private final Object lock = new Object();
    private final Map<String, Integer> ropes = Ropes.synchronize(new HashMap<>());

    void tie(String ship) {
        synchronized (lock) {
            ropes.put(ship, 1);
        }
    }

    void untie(String ship) {
        synchronized (lock) {
            ropes.remove(ship);
        }
    }

    Integer of(String ship) {
        return ropes.get(ship);
    }
}
