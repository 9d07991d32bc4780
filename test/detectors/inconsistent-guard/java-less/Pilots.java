package com.example.pilots;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two functions take the lock: no habit that says much of a look without it. */
class Pilots {
    private final Map<String, String> byShip = new HashMap<>();
    private final List<String> waiting = new ArrayList<>();
    private int trips;

    synchronized void board(String ship, String pilot) {
        byShip.put(ship, pilot);
        waiting.remove(pilot);
        trips++;
    }

    synchronized void leave(String ship) {
        waiting.add(byShip.remove(ship));
        trips++;
    }

    String of(String ship) {
        return byShip.get(ship); // want-info "Few functions take the lock"
    }

    void call(String pilot) {
        waiting.add(pilot); // want "may be lost"
    }
}

/** Another lock than that of the others is held: somebody meant to take it. */
class LockedPilots {
    private final Object pier = new Object();
    private final Object quay = new Object();
    private final Map<String, String> byShip = new HashMap<>();

    void board(String ship, String pilot) {
        synchronized (pier) {
            byShip.put(ship, pilot);
        }
    }

    void leave(String ship) {
        synchronized (pier) {
            byShip.remove(ship);
        }
    }

    synchronized String of(String ship) {
        synchronized (pier) {
            return byShip.get(ship);
        }
    }

    String look(String ship) {
        synchronized (quay) {
            return byShip.get(ship); // want "`LockedPilots.byShip`.*half a change is seen"
        }
    }
}

/** A comment beside the use says that no lock is needed. */
class EarlyPilots {
    private final Map<String, String> byShip = new HashMap<>();

    synchronized void board(String ship, String pilot) {
        byShip.put(ship, pilot);
    }

    synchronized void leave(String ship) {
        byShip.remove(ship);
    }

    synchronized String of(String ship) {
        return byShip.get(ship);
    }

    synchronized int count() {
        return byShip.size();
    }

    synchronized boolean has(String ship) {
        return byShip.containsKey(ship);
    }

    synchronized void swap(String ship, String other) {
        byShip.put(other, byShip.remove(ship));
    }

    void fill(Map<String, String> known) {
        // This runs while the office opens, so we don't really need the lock here.
        byShip.putAll(known);
    }

    void refill(Map<String, String> known) {
        byShip.putAll(known); // want "`EarlyPilots.byShip`"
    }
}

/** The same of what a comment says. */
class SaidPilots {
    private final Object lock = new Object();
    private final Map<String, String> byShip = new HashMap<>(); // guarded by lock

    void board(String ship, String pilot) {
        synchronized (lock) {
            byShip.put(ship, pilot);
        }
    }

    void leave(String ship) {
        synchronized (lock) {
            byShip.remove(ship);
        }
    }

    String of(String ship) {
        return byShip.get(ship); // want "`SaidPilots.byShip`.*half a change is seen"
    }
}

class PilotOffice {
    private final Pilots pilots = new Pilots();
    private final LockedPilots locked = new LockedPilots();
    private final EarlyPilots early = new EarlyPilots();
    private final SaidPilots said = new SaidPilots();

    public void work(String ship) {
        pilots.board(ship, "a");
        pilots.leave(ship);
        pilots.call(pilots.of(ship));
        said.board(ship, "a");
        said.leave(ship);
        said.of(ship);
        locked.board(ship, "a");
        locked.leave(ship);
        locked.of(ship);
        locked.look(ship);
        early.board(ship, "a");
        early.leave(ship);
        early.of(ship);
        early.count();
        early.has(ship);
        early.swap(ship, "b");
        early.fill(new HashMap<>());
        early.refill(new HashMap<>());
    }
}
