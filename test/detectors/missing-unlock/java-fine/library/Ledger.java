package library;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

class Ledger {
    private final Lock lock = new ReentrantLock();
    private final List<String> lines = new ArrayList<>();

    /** Where waiting is interrupted, the lock has not been taken. */
    boolean add(String line) {
        boolean locked;
        try {
            locked = lock.tryLock(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        if (locked) {
            try {
                return lines.add(line);
            } finally {
                lock.unlock();
            }
        }
        return false;
    }

    /** What cannot be given back is not held. */
    void close() {
        boolean gained = false;
        try {
            gained = lock.tryLock(5, TimeUnit.SECONDS);
            if (gained) {
                lines.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (gained) {
                try {
                    lock.unlock();
                } catch (IllegalMonitorStateException e) {
                    lines.add("not locked");
                }
            }
        }
    }
}
