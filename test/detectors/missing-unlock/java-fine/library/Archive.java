package library;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

class Archive implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantReadWriteLock index = new ReentrantReadWriteLock();
    private final List<String> boxes = new ArrayList<>();

    int find(String box) {
        index.readLock().lock();
        try {
            return boxes.indexOf(box);
        } finally {
            index.readLock().unlock();
        }
    }

    boolean tryAdd(String box) throws InterruptedException {
        if (!lock.tryLock(1, TimeUnit.SECONDS)) {
            return false;
        }
        try {
            return boxes.add(box);
        } finally {
            lock.unlock();
        }
    }

    String remove(String box) {
        lock.lock();
        try {
            if (boxes.isEmpty()) {
                throw new IllegalStateException("empty");
            }
            return boxes.remove(0);
        } catch (IndexOutOfBoundsException e) {
            return null;
        } finally {
            lock.unlock();
        }
    }

    synchronized int size() {
        if (boxes.isEmpty()) {
            return 0;
        }
        return boxes.size();
    }

    void open() {
        lock.lock();
    }

    @Override
    public void close() {
        lock.unlock();
    }

    int scan(List<List<String>> rows) {
        int found = 0;
        lock.lock();
        try {
            outer:
            for (List<String> row : rows) {
                for (String box : row) {
                    if (boxes.contains(box)) {
                        continue outer;
                    }
                    found++;
                }
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    void refill(boolean isOwner) {
        if (!isOwner) {
            lock.lock();
        }
        try {
            boxes.clear();
        } finally {
            if (!isOwner) {
                lock.unlock();
            }
        }
    }

    // One lock for each shelf, taken and released by methods that name it for themselves.
    String borrow(ShelfLocks shelves, String shelf) {
        shelves.lock(shelf);
        try {
            return boxes.get(shelf.length());
        } finally {
            shelves.unlock(shelf);
        }
    }
}

class ShelfLocks {
    private final List<ReentrantLock> locks = new ArrayList<>();

    void lock(String shelf) {
        ReentrantLock lock = locks.get(shelf.length());
        lock.lock();
    }

    void unlock(String shelf) {
        ReentrantLock lock = locks.get(shelf.length());
        lock.unlock();
    }

    /** What only asks for a number throws nothing. */
    boolean isEmptyNow() {
        lock.lock();
        boolean empty = boxes.isEmpty() || boxes.size() == 0;
        lock.unlock();
        return empty;
    }
}
