import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

class Nets {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> catches;

    Nets(Map<String, Integer> catches) {
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

    // Only called where the object is made.
    Nets keep(Set<String> boats) {
        for (String boat : Set.copyOf(catches.keySet())) {
            if (!boats.contains(boat)) {
                catches.remove(boat);
            }
        }
        return this;
    }
}

class Fleet {
    CompletableFuture<Nets> sorted(CompletableFuture<Map<String, Integer>> hauled, Set<String> boats) {
        return hauled.thenApply(map -> {
            return new Nets(new HashMap<>(map)).keep(boats);
        });
    }
}
