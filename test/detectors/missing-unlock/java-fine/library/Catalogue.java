package library;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

class Catalogue {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private Drawer current;
    private boolean closed;

    static class Drawer {
        private final ReentrantReadWriteLock own = new ReentrantReadWriteLock();

        ReentrantReadWriteLock guard() {
            return own;
        }

        int count() {
            return 0;
        }
    }

    /** What throws in the end was not got. */
    void close() {
        try {
            if (!lock.writeLock().tryLock(5, TimeUnit.SECONDS)) System.err.println("late");
            closed = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try {
                lock.writeLock().unlock();
            } catch (IllegalMonitorStateException ignore) {
                // It was not got.
            }
        }
    }

    /** Nothing throws in between. */
    void open(Drawer drawer) {
        lock.writeLock().lock();
        current = drawer;
        lock.writeLock().unlock();
    }

    /** The drawer is there. */
    int count() {
        Drawer drawer = null;
        try {
            lock.readLock().lock();
            try {
                if (current != null) {
                    drawer = current;
                    drawer.guard().readLock().lock();
                }
            } finally {
                lock.readLock().unlock();
            }
            return count(drawer);
        } finally {
            if (drawer != null) {
                drawer.guard().readLock().unlock();
            }
        }
    }

    private static int count(Drawer drawer) {
        return drawer == null ? 0 : drawer.count();
    }
}
