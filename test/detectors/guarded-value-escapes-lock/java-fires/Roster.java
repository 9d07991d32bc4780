package roster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

public class Roster {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> shifts = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    public void add(String name) {
        lock.lock();
        try {
            shifts.put(name, 1);
            names.add(name);
        } finally {
            lock.unlock();
        }
    }

    public Map<String, Integer> shifts() {
        lock.lock();
        try {
            return shifts; // want "`shifts` returns `Roster.shifts` itself"
        } finally {
            lock.unlock();
        }
    }

    public List<String> names() {
        synchronized (lock) {
            return names; // want "`names` returns `Roster.names` itself"
        }
    }

    public void print() {
        lock.lock();
        List<String> all = names;
        lock.unlock();
        for (String name : all) { // want "`print` uses `Roster.names` after"
            System.out.println(name);
        }
    }

    public String join() {
        lock.lock();
        List<String> all = names;
        lock.unlock();
        return String.join(",", all); // want "`join` uses `Roster.names`"
    }

    public List<String> copyLater() {
        lock.lock();
        List<String> all = names;
        lock.unlock();
        return new ArrayList<>(all); // want "`copyLater` uses `Roster.names`"
    }
}
