package library;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

class Reader {
    private final ReentrantReadWriteLock desk = new ReentrantReadWriteLock();
    private final ReentrantLock lamp = new ReentrantLock();
    private int pages;

    /** Gives back what it has got, if it has. */
    void read() {
        try {
            if (desk.writeLock().tryLock()) {
                pages++;
            }
        } finally {
            if (desk.writeLock().isHeldByCurrentThread()) {
                desk.writeLock().unlock();
            }
        }
    }

    void dim() {
        lamp.lock();
        try {
            pages--;
        } finally {
            if (lamp.isHeldByCurrentThread()) {
                lamp.unlock();
            }
        }
    }

    int count() {
        try (LampLock held = new LampLock(lamp)) {
            if (pages < 0) return 0;
            return pages;
        }
    }

    private static class LampLock implements AutoCloseable {
        private final Lock lock;

        LampLock(Lock lock) {
            this.lock = lock;
            this.lock.lock();
        }

        @Override
        public void close() {
            lock.unlock();
        }
    }
}
