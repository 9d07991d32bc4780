package com.example.depot;

import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

class Depot {
    private final Map<String, Cart> carts = new HashMap<>();
    private Connection connection;

    synchronized int count() {
        return carts.size();
    }

    synchronized void fetch(String name) throws Exception {
        connection.createStatement().executeQuery("SELECT * FROM carts"); // want "`fetch` holds `Depot` .* 2 other functions that need the lock, such as `count`, wait as long\.$"
    }

    // The monitor itself is given back meanwhile.
    synchronized void rest() throws Exception {
        TimeUnit.SECONDS.timedWait(this, 1);
    }
}

class Cart {
    private final Map<String, Integer> load = new HashMap<>();
    private Connection connection;

    synchronized int size() {
        return load.size();
    }

    synchronized void weigh() throws Exception {
        connection.createStatement().executeQuery("SELECT * FROM loads"); // want-info "`weigh` holds `Cart` .* only those who use the same one wait\.$"
    }
}

class Porters {
    private final Map<String, Integer> names = new HashMap<>();
    private Connection connection;

    synchronized void each(Consumer<String> visit) {
        for (String name : names.keySet()) {
            visit.accept(name);
        }
    }

    synchronized void call() throws Exception {
        connection.createStatement().executeQuery("SELECT * FROM porters"); // want-info "`call` holds `Porters` .* Nobody is seen to come often for what is in memory alone\.$"
        names.clear();
    }
}
