package ferry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A write under the side for reading. */
class Cabinets {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final ReentrantReadWriteLock.WriteLock writing = lock.writeLock();
    private final ReentrantReadWriteLock.ReadLock reading = lock.readLock();
    private final Map<String, String> files = new HashMap<>();

    void add(String name, String text) {
        writing.lock();
        try {
            files.put(name, text);
        } finally {
            writing.unlock();
        }
    }

    void drop(String name) {
        reading.lock();
        try {
            files.remove(name); // want "`drop` changes `Cabinets.files` while it holds `Cabinets.lock` only for reading"
        } finally {
            reading.unlock();
        }
    }

    void clear() {
        writing.lock();
        try {
            files.clear();
        } finally {
            writing.unlock();
        }
    }

    List<String> all() {
        reading.lock();
        try {
            return new ArrayList<>(files.values());
        } finally {
            reading.unlock();
        }
    }
}

/** Nobody says when it is called. */
class Pulpit {
    private final Map<String, String> pages = new HashMap<>();

    void proclaim() {
        for (String page : pages.keySet()) System.out.println(page); // want "`proclaim` reads `Pulpit.pages`"
    }

    synchronized void add(String page, String text) {
        pages.put(page, text);
    }

    synchronized void drop(String page) {
        pages.remove(page);
    }
}
