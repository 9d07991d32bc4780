

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Through a local it is the side for readers, which keeps no other reader out. */
class Sluices {
    private final ReadWriteLock sides = new ReentrantReadWriteLock();
    private final Map<String, Integer> depths = new HashMap<>();

    void fill(String name, int depth) {
        sides.writeLock().lock();
        try {
            depths.put(name, depth);
        } finally {
            sides.writeLock().unlock();
        }
    }

    int of(String name) {
        Lock side = sides.readLock();
        side.lock();
        try {
            return depths.get(name);
        } finally {
            side.unlock();
        }
    }

    void clear() {
        sides.writeLock().lock();
        try {
            depths.clear();
        } finally {
            sides.writeLock().unlock();
        }
    }

    void drain(String name) {
        Lock side = sides.readLock();
        side.lock();
        try {
            depths.remove(name); // want "`drain` changes `Sluices.depths` while it holds `Sluices.sides` only for reading"
        } finally {
            side.unlock();
        }
    }
}
