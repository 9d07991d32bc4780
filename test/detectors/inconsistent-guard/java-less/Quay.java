package harbour;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

class Quay {
    // this map may be used by concurrent threads and has to be synchronized when used
    private final Map<String, Integer> berths = new HashMap<>();

    private final Set<String> expected = new HashSet<>();

    private final Map<String, String> pilots = new HashMap<>();

    synchronized void moor(String ship, int length) {
        berths.put(ship, length);
        expected.remove(ship);
    }

    synchronized void leave(String ship) {
        berths.remove(ship);
        expected.remove(ship);
    }

    synchronized boolean isFull() {
        return berths.keySet().containsAll(expected);
    }

    void expect(String ship) {
        expected.add(ship); // want-info "`expect` changes `Quay.expected` .* A comment names other fields"
    }

    synchronized int longest() {
        int longest = 0;
        for (int length : berths.values()) longest = Math.max(longest, length);
        return longest;
    }
}

class Tower {
    private final Map<String, Integer> ships = new HashMap<>();

    synchronized void report(String ship, int distance) {
        ships.put(ship, distance);
    }

    synchronized void forget(String ship) {
        ships.remove(ship);
    }

    synchronized boolean sees(String ship) {
        return ships.containsKey(ship);
    }

    public boolean isNear(String ship) {
        return ships.get(ship) < 5; // want-info "`isNear` reads `Tower.ships` .* Nothing outside tests calls it."
    }
}

class Watch {
    private final Tower tower = new Tower();

    void round(String ship) {
        if (!tower.sees(ship)) tower.report(ship, 9);
        else tower.forget(ship);
    }
}

interface Listener {
    void onRecord(String key);
}

class Board {
    private final Object lock = new Object();
    private final Map<String, Integer> arrivals = new HashMap<>();

    private class Reader implements Listener {
        @Override
        public void onRecord(String key) {
            write(key);
            tell(key);
        }
    }

    private void write(String key) {
        synchronized (lock) {
            arrivals.put(key, 1);
        }
    }

    private void tell(String key) {
        if (arrivals.containsKey(key)) System.out.println(key); // want-info "`tell` reads `Board.arrivals` .* run on the same thread"
    }

    Map<String, Integer> all() {
        synchronized (lock) {
            return new HashMap<>(arrivals);
        }
    }
}
