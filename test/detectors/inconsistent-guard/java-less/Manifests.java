package com.example.manifests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asked whether there is one, and looked at again under the lock. */
class Manifest {
    private final Object lock = new Object();
    private Map<String, String> crates;

    void open() {
        synchronized (lock) {
            crates = new HashMap<>();
        }
    }

    void add(String id, String crate) {
        synchronized (lock) {
            crates.put(id, crate);
        }
    }

    void drop(String id) {
        synchronized (lock) {
            crates.remove(id);
        }
    }

    int weigh(long limit) {
        int sum = 0;
        if (limit > 0 && crates != null) { // want-info "looks again"
            synchronized (lock) {
                for (String crate : crates.values()) sum += crate.length();
            }
        }
        return sum;
    }

    synchronized void close() {
        synchronized (lock) {
            crates.remove("last");
        }
    }
}

class Cargo {
    private final Object lock = new Object();
    private Map<String, String> crates;

    void open() {
        synchronized (lock) {
            crates = new HashMap<>();
        }
    }

    void add(String id, String crate) {
        synchronized (lock) {
            crates.put(id, crate);
        }
    }

    void drop(String id) {
        synchronized (lock) {
            crates.remove(id);
        }
    }

    synchronized void close() {
        synchronized (lock) {
            crates.remove("last");
        }
    }

    int weigh(long limit) {
        int sum = 0;
        if (limit > 0 && crates.containsKey("all")) { // want "`Cargo.crates`.*going over it may throw"
            synchronized (lock) {
                for (String crate : crates.values()) sum += crate.length();
            }
        }
        return sum;
    }
}

/** There for tests, as its caller says. */
class Basins {
    private final List<String> boats = new ArrayList<>();

    synchronized void moor(String boat) {
        boats.add(boat);
    }

    synchronized void leave(String boat) {
        boats.remove(boat);
    }

    synchronized boolean holds(String boat) {
        return boats.contains(boat);
    }

    int count() {
        return boats.size();
    }

    private boolean areAllCalm() {
        boolean calm = true;
        for (String boat : boats) calm = calm && boat.isEmpty();
        return calm;
    }

    /** Waits until nothing moves. This is for internal testing. */
    public void waitForCalm() {
        while (!areAllCalm()) Thread.yield();
    }
}

/** Its elements end up in a line of the log. */
class Berths {
    private static final Logger LOG = Logger.of("berths");
    private final Map<String, String> boats = new HashMap<>();
    private final Object current = new Object();

    void moor(String berth, String boat) {
        synchronized (current) {
            boats.put(berth, boat);
        }
    }

    void leave(String berth) {
        synchronized (current) {
            boats.remove(berth);
        }
    }

    void clear() {
        synchronized (current) {
            boats.clear();
        }
    }

    String at(String berth) {
        String boat = null;
        synchronized (current) {
            boat = boats.get(berth);
        }
        if (boat == null) {
            LOG.error("Looking for " + berth + " but not found in: " + boats); // want-info "logged or thrown"
            throw new IllegalStateException(berth);
        }
        return boat;
    }
}

class Harbourmaster {
    private final Manifest manifest = new Manifest();
    private final Cargo cargo = new Cargo();
    private final Basins basins = new Basins();
    private final Berths berths = new Berths();

    public void arrive(String boat) {
        manifest.open();
        manifest.add("a", boat);
        manifest.drop("b");
        manifest.close();
        manifest.weigh(1);
        cargo.open();
        cargo.add("a", boat);
        cargo.drop("b");
        cargo.close();
        cargo.weigh(2);
        basins.moor(boat);
        basins.leave(boat);
        basins.holds(boat);
        berths.moor("a", boat);
        berths.leave("a");
        berths.clear();
        berths.at("a");
    }
}
