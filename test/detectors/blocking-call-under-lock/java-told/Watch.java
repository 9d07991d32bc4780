package harbour;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class Lookout {
    private Thread thread;
    private volatile boolean stopped;

    void halt() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join();
    }

    void outlast() throws InterruptedException {
        thread.join();
    }
}

class Watch {
    private final Map<String, Lookout> lookouts = new HashMap<>();
    private Lookout current;

    synchronized void relieve(Lookout next) throws InterruptedException {
        current.halt(); // want-info "`relieve` holds `Watch` .* What it waits for has been told to end just before"
        current = next;
    }

    synchronized int count() {
        return lookouts.size();
    }

    synchronized void add(String name, Lookout lookout) {
        lookouts.put(name, lookout);
    }
}

class Crew {
    private final Map<String, Lookout> lookouts = new HashMap<>();
    private Lookout current;

    synchronized void outlast(Lookout next) throws InterruptedException {
        current.outlast(); // want "`outlast` holds `Crew` while it waits"
        current = next;
    }

    synchronized int count() {
        return lookouts.size();
    }
}

class Buoys {
    private final Map<String, Integer> lit = new HashMap<>();
    private final List<String> names = List.of();
    private long pause;
    private int at;

    synchronized void delayIfNeeded() throws InterruptedException {
        Thread.sleep(pause); // want-info "`delayIfNeeded` holds `Buoys` .* It is there to hold up those who call it"
    }

    synchronized int count() {
        return lit.size();
    }
}

class Moorings {
    private final Map<String, Integer> ships = new HashMap<>();
    private int at;

    synchronized void renew() throws InterruptedException {
        next(0);
        ships.clear();
    }

    synchronized int count() {
        return ships.size();
    }

    void next(long spin) throws InterruptedException {
        at++;
        Thread.sleep(spin);
    }
}
