package ferry;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

public class Ferry {
    private final Map<String, Integer> seats = new ConcurrentHashMap<>();
    private final AtomicInteger trips = new AtomicInteger();
    private final String name;
    private volatile boolean docked;
    private Map<String, Integer> cargo;
    private int load;

    public Ferry(String name) {
        this.name = name;
        this.cargo = new HashMap<>();
        this.load = 0;
    }

    public synchronized void board(String guest) {
        seats.put(guest, 1);
        docked = true;
        cargo.put(guest, 2);
        load++;
        trips.incrementAndGet();
        recount();
    }

    public synchronized void leave(String guest) {
        seats.remove(guest);
        docked = false;
        cargo.remove(guest);
        load--;
        recount();
    }

    private void recount() {
        load = cargo.size();
    }

    public int seated() {
        return seats.size();
    }

    public boolean isDocked() {
        return docked;
    }

    public String name() {
        return name;
    }

    public int trips() {
        return trips.get();
    }

    public int load() {
        synchronized (this) {
            return load;
        }
    }

    private final java.util.concurrent.locks.ReentrantLock gate = new java.util.concurrent.locks.ReentrantLock();
    private long memory;

    public void reserve(int size) {
        gate.lock();
        try {
            memory -= size;
        } finally {
            gate.unlock();
        }
    }

    public void release(int size) {
        gate.lock();
        try {
            memory += size;
        } finally {
            gate.unlock();
        }
    }

    public void grow(int size) {
        gate.lock();
        try {
            memory += size;
        } finally {
            gate.unlock();
        }
    }

    public void shrink(int size) {
        gate.lock();
        try {
            memory -= size;
        } finally {
            gate.unlock();
        }
    }

    // Only an exception leads into the branch.
    public byte[] allocate(int size) {
        boolean failed = true;
        try {
            byte[] bytes = new byte[size];
            failed = false;
            return bytes;
        } finally {
            if (failed) {
                gate.lock();
                try {
                    memory += size;
                } finally {
                    gate.unlock();
                }
            }
        }
    }

    // A number read late, a size, a text for people.
    public int roughLoad() {
        return load; // want-info "`roughLoad` reads `Ferry.load` without `Ferry`"
    }

    public int crates() {
        return cargo.isEmpty() ? 0 : cargo.size();
    }

    @Override
    public String toString() {
        return name + cargo;
    }

    /** Only for tests. */
    long memory() {
        return memory;
    }
}
