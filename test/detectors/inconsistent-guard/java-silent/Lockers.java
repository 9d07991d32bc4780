package station;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** What the constructor gives it takes care of itself. */
class Lockers {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> keys;

    Lockers() {
        this.keys = new ConcurrentHashMap<>(16);
    }

    void give(String name) {
        lock.lock();
        try {
            keys.put(name, 1);
        } finally {
            lock.unlock();
        }
    }

    void take(String name) {
        lock.lock();
        try {
            keys.remove(name);
        } finally {
            lock.unlock();
        }
    }

    void show() {
        for (String name : keys.keySet()) System.out.println(name);
    }
}

/** Nobody asks more of the list than whether it is empty. */
class Platform {
    private final List<String> trains = new ArrayList<>();

    synchronized void arrive(String train) {
        trains.add(train);
    }

    synchronized void leave(String train) {
        trains.remove(train);
    }

    synchronized boolean has(String train) {
        return trains.contains(train);
    }

    List<String> getTrains() {
        return trains;
    }
}

class Board {
    private final Platform platform;

    Board(Platform platform) {
        this.platform = platform;
    }

    boolean isQuiet() {
        return platform.getTrains().isEmpty();
    }
}
