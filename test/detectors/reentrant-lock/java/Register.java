package town.archive;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** Whoever holds these may take them again. */
public class Register {
    private final ReentrantLock lock = new ReentrantLock();
    private final Lock plain = new ReentrantLock();
    private final ReentrantReadWriteLock shared = new ReentrantReadWriteLock();
    private final Semaphore desks = new Semaphore(3);
    private final StampedLock stamped = new StampedLock();
    private final Map<String, Integer> births = new HashMap<>();

    public synchronized void add(String name) {
        births.put(name, size());
    }

    public synchronized int size() {
        return births.size();
    }

    public void correct(String name) {
        lock.lock();
        try {
            strike(name);
        } finally {
            lock.unlock();
        }
    }

    public void strike(String name) {
        lock.lock();
        plain.lock();
        try {
            births.remove(name);
            plain.lock();
            plain.unlock();
        } finally {
            plain.unlock();
            lock.unlock();
        }
    }

    /** A writer may become a reader. */
    public int count() {
        shared.writeLock().lock();
        try {
            shared.readLock().lock();
            try {
                return births.size();
            } finally {
                shared.readLock().unlock();
            }
        } finally {
            shared.writeLock().unlock();
        }
    }

    public void attend() throws InterruptedException {
        desks.acquire();
        try {
            queue();
        } finally {
            desks.release();
        }
    }

    public void queue() throws InterruptedException {
        desks.acquire();
        desks.release();
    }

    /** Given back in between. */
    public int swap(String name) {
        long stamp = stamped.writeLock();
        births.remove(name);
        stamped.unlockWrite(stamp);
        long reading = stamped.readLock();
        int size = births.size();
        stamped.unlockRead(reading);
        return size;
    }
}
