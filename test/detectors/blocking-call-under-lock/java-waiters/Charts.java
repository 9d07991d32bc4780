package com.example.charts;

import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;

class Charts {
    private final Map<String, Integer> depths = new HashMap<>();
    private Connection connection;

    // Only ever called by who has the lock.
    synchronized void keep(int depth) {
        depths.put("latest", depth);
    }

    synchronized void measure() throws Exception {
        connection.createStatement().executeQuery("SELECT * FROM depths"); // want-info "`measure` holds `Charts` while it goes to the database \(`select depths`\)\. Only a note: Nobody is seen to come often for what is in memory alone\.$"
        keep(1);
    }
}

class Soundings {
    private final Map<String, Integer> depths = new HashMap<>();
    private Connection connection;

    synchronized void keep(int depth) {
        depths.put("latest", depth);
    }

    void note(int depth) {
        keep(depth);
    }

    synchronized void fetch() throws Exception {
        connection.createStatement().executeQuery("SELECT * FROM soundings"); // want "`fetch` holds `Soundings` .* 1 other function that needs the lock, `keep`, waits as long\.$"
        keep(1);
    }
}
