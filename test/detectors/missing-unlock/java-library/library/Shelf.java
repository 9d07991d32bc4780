package library;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

class Shelf {
    private final Lock lock = new ReentrantLock();
    private final Map<String, Integer> books = new HashMap<>();

    boolean add(String title) {
        lock.lock(); // want-step "takes `Shelf.lock`"
        if (books.isEmpty()) {
            return false; // want "Returns here with `Shelf.lock` still locked"
        }
        books.put(title, 1);
        lock.unlock(); // want-step "another way unlocks it"
        return true;
    }

    void lend(String title) {
        lock.lock();
        Integer copies = books.get(title);
        if (copies == null) {
            throw new IllegalStateException(title); // want "Throws here with `Shelf.lock` still locked"
        }
        lock.unlock();
    }

    void sort() {
        lock.lock(); // want "`Shelf.lock` stays locked when `renumber` throws"
        renumber(); // want-step "may throw"
        lock.unlock();
    }

    void rename(String from, String to) {
        lock.lock(); // want "Locks `Shelf.lock`, and nothing unlocks it"
        books.put(to, books.remove(from));
    }

    int twice(String title) {
        lock.lock();
        try {
            if (title == null) {
                lock.unlock();
                return 0;
            }
            return books.get(title);
        } finally {
            lock.unlock(); // want "Unlocks `Shelf.lock`, which is unlocked already on one way here"
        }
    }

    private void renumber() {
        if (books.size() > 100) throw new IllegalStateException("too many");
    }
}
