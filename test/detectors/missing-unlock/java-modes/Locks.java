package modes;

import java.util.concurrent.locks.ReentrantReadWriteLock;

public class Locks {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private int level;

    public int level() {
        lock.readLock().lock(); // want-step "takes `Locks.lock`"
        try {
            return level;
        } finally {
            lock.writeLock().unlock(); // want "is taken with `readLock\(\).lock` and released with `writeLock\(\).unlock`"
        }
    }

    public int seen() {
        lock.readLock().lock();
        try {
            return level;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Goes on reading what it has written, before others write. */
    public int raise() {
        lock.writeLock().lock();
        try {
            level++;
            lock.readLock().lock();
        } finally {
            lock.writeLock().unlock();
        }
        try {
            return level;
        } finally {
            lock.readLock().unlock();
        }
    }
}
