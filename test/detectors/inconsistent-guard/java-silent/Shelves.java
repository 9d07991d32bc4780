package ferry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.annotation.PostConstruct;

/** Both sides of one lock, each in a field of its own. */
class Shelves {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final ReentrantReadWriteLock.ReadLock reading = lock.readLock();
    private final ReentrantReadWriteLock.WriteLock writing = lock.writeLock();
    private final Map<String, String> books = new HashMap<>();

    void add(String name, String text) {
        writing.lock();
        try {
            books.put(name, text);
        } finally {
            writing.unlock();
        }
    }

    void drop(String name) {
        writing.lock();
        try {
            books.remove(name);
        } finally {
            writing.unlock();
        }
    }

    void clear() {
        writing.lock();
        try {
            books.clear();
        } finally {
            writing.unlock();
        }
    }

    List<String> all() {
        reading.lock();
        try {
            return new ArrayList<>(books.values());
        } finally {
            reading.unlock();
        }
    }
}

/** The same where the constructor takes the lock apart. */
class Drawers {
    private final Lock reading;
    private final Lock writing;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, String> maps = new HashMap<>();

    Drawers() {
        this.reading = lock.readLock();
        writing = this.lock.writeLock();
    }

    void add(String name, String text) {
        writing.lock();
        try {
            maps.put(name, text);
        } finally {
            writing.unlock();
        }
    }

    void drop(String name) {
        writing.lock();
        try {
            maps.remove(name);
        } finally {
            writing.unlock();
        }
    }

    void clear() {
        writing.lock();
        try {
            maps.clear();
        } finally {
            writing.unlock();
        }
    }

    List<String> all() {
        reading.lock();
        try {
            return new ArrayList<>(maps.values());
        } finally {
            reading.unlock();
        }
    }
}

/** What the container calls before anyone gets the object. */
class Lectern {
    private final Map<String, String> pages = new HashMap<>();

    @PostConstruct
    void open() {
        for (String page : pages.keySet()) System.out.println(page);
    }

    synchronized void add(String page, String text) {
        pages.put(page, text);
    }

    synchronized void drop(String page) {
        pages.remove(page);
    }
}
