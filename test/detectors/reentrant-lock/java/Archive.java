package town.archive;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

public class Archive {
    private final StampedLock stamped = new StampedLock();
    private final ReentrantReadWriteLock deeds = new ReentrantReadWriteLock();
    private final Map<String, String> files = new HashMap<>();

    public void file(String id, String text) {
        long stamp = stamped.writeLock();
        try {
            if (find(id) == null) { // want "`file` holds `Archive\.stamped` and calls `find`, which takes it again"
                files.put(id, text);
            }
        } finally {
            stamped.unlockWrite(stamp);
        }
    }

    public String find(String id) {
        long stamp = stamped.readLock();
        try {
            return files.get(id);
        } finally {
            stamped.unlockRead(stamp);
        }
    }

    public void amend(String id) {
        deeds.readLock().lock();
        try {
            if (files.get(id) != null) {
                deeds.writeLock().lock(); // want "takes `Archive\.deeds` for writing while it already holds it for reading"
                try {
                    files.put(id, "amended");
                } finally {
                    deeds.writeLock().unlock();
                }
            }
        } finally {
            deeds.readLock().unlock();
        }
    }

    public int tidy(String id) {
        long stamp = stamped.readLock();
        try {
            return files.containsKey(id) ? remove(id) : 0; // want "holds `Archive\.stamped` for reading and calls `remove`, which takes it for writing"
        } finally {
            stamped.unlockRead(stamp);
        }
    }

    private int remove(String id) {
        long stamp = stamped.writeLock();
        files.remove(id);
        stamped.unlockWrite(stamp);
        return 1;
    }

    public void restore(String id) {
        long stamp = stamped.writeLock();
        long second = stamped.writeLock(); // want "takes `Archive\.stamped` again while it already holds it"
        files.put(id, "restored");
        stamped.unlockWrite(second);
        stamped.unlockWrite(stamp);
    }
}
