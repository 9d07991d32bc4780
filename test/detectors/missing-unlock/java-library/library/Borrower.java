package library;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

class Borrower {
    private final Lock lock = new ReentrantLock();
    private final List<String> books = new ArrayList<>();

    boolean borrow(String title) {
        boolean locked;
        try {
            locked = lock.tryLock(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
        if (!locked) {
            return false;
        }
        if (title.isEmpty()) {
            return false; // want "Returns here with `Borrower.lock` still locked"
        }
        books.add(title);
        lock.unlock();
        return true;
    }
}

class Drawers {
    private final java.util.concurrent.locks.ReentrantReadWriteLock lock =
            new java.util.concurrent.locks.ReentrantReadWriteLock();
    private Drawer current;

    static class Drawer {}

    void open(Drawer drawer) {
        lock.writeLock().lock(); // want "`Drawers.lock` stays locked when `renew` throws"
        current = renew(drawer);
        lock.writeLock().unlock();
    }

    private Drawer renew(Drawer drawer) {
        if (drawer == null) throw new IllegalStateException("none");
        return drawer;
    }
}
