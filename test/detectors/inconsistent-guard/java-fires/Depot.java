package depot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

public class Depot {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> parts = new HashMap<>();
    private final List<String> orders = new ArrayList<>();
    private int shipped;
    private String keeper;

    public void put(String name) {
        lock.lock();
        try {
            parts.put(name, 1);
            shipped++;
            orders.add(name);
        } finally {
            lock.unlock();
        }
    }

    public void take(String name) {
        lock.lock();
        try {
            parts.remove(name);
            shipped--;
            orders.remove(name);
        } finally {
            lock.unlock();
        }
    }

    public int count() {
        lock.lock();
        try {
            return parts.size();
        } finally {
            lock.unlock();
        }
    }

    public synchronized void name(String name) {
        this.keeper = name;
    }

    public synchronized void clearName() {
        this.keeper = null;
    }

    public void rename(String name) {
        this.keeper = name; // want "`rename` writes `Depot.keeper` without `Depot`"
    }

    public boolean has(String name) {
        return parts.containsKey(name); // want "`has` reads `Depot.parts` without `Depot.lock`"
    }

    public java.util.Set<String> names() {
        return parts.keySet(); // want "`names` reads `Depot.parts` without `Depot.lock`"
    }

    public void ship() {
        shipped++; // want "`ship` writes `Depot.shipped` without"
    }

    public void order(String name) {
        orders.add(name); // want "`order` changes `Depot.orders` without"
    }
}
