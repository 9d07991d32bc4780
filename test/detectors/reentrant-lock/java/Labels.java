package town.labels;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;

/** What another one is handed is a method of this one: two objects, two locks. */
class Labels {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, String> texts = new HashMap<>();

    public void putAll(Labels others) {
        if (others == this) {
            return;
        }
        others.each(this::put);
    }

    public void put(String key, String text) {
        lock.writeLock().lock();
        try {
            texts.put(key, text);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void each(BiConsumer<String, String> action) {
        lock.readLock().lock();
        try {
            action.accept("", "");
        } finally {
            lock.readLock().unlock();
        }
    }
}

/** One that hands its own method to itself waits for itself. */
class Stickers {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, String> texts = new HashMap<>();

    public void again() {
        each(this::put); // want "`again` runs a function under `Stickers.lock` that takes it for writing in `put`.* it never returns"
    }

    public void put(String key, String text) {
        lock.writeLock().lock();
        try {
            texts.put(key, text);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void each(BiConsumer<String, String> action) {
        lock.readLock().lock();
        try {
            action.accept("", "");
        } finally {
            lock.readLock().unlock();
        }
    }
}
