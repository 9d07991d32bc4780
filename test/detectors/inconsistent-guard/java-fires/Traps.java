import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

class Traps {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> catches;

    Traps(Map<String, Integer> catches) {
        this.catches = catches;
    }

    void haul(String boat) {
        lock.lock();
        try {
            catches.put(boat, 1);
        } finally {
            lock.unlock();
        }
    }

    int of(String boat) {
        lock.lock();
        try {
            return catches.get(boat);
        } finally {
            lock.unlock();
        }
    }

    void drop(String boat) {
        lock.lock();
        try {
            catches.remove(boat);
        } finally {
            lock.unlock();
        }
    }

    Traps keep(Set<String> boats) {
        for (String boat : Set.copyOf(catches.keySet())) {
            if (!boats.contains(boat)) {
                catches.remove(boat); // want "`keep` changes `Traps.catches` without `Traps.lock`"
            }
        }
        return this;
    }
}

class Crew {
    // What it is given may be known to others.
    Traps sorted(Object traps, Set<String> boats) {
        return ((Traps) traps).keep(boats);
    }
}
