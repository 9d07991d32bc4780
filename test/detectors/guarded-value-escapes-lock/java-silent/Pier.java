package pier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

public class Pier {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> boats = new HashMap<>();
    private final Map<String, Integer> safe = new ConcurrentHashMap<>();
    private List<String> names = new ArrayList<>();
    private List<String> waiting = new ArrayList<>();
    private int count;

    public void add(String name) {
        lock.lock();
        try {
            boats.put(name, 1);
            safe.put(name, 1);
            waiting.add(name);
            count++;
        } finally {
            lock.unlock();
        }
    }

    public void rename(List<String> fresh) {
        lock.lock();
        names = fresh;
        lock.unlock();
    }

    public Map<String, Integer> boats() {
        lock.lock();
        try {
            return new HashMap<>(boats);
        } finally {
            lock.unlock();
        }
    }

    public Map<String, Integer> safe() {
        lock.lock();
        try {
            return safe;
        } finally {
            lock.unlock();
        }
    }

    public List<String> names() {
        lock.lock();
        try {
            return names;
        } finally {
            lock.unlock();
        }
    }

    public void drain() {
        lock.lock();
        List<String> taken = waiting;
        waiting = new ArrayList<>();
        lock.unlock();
        for (String name : taken) {
            System.out.println(name);
        }
    }

    public int count() {
        lock.lock();
        int n = count;
        lock.unlock();
        return n;
    }
}
