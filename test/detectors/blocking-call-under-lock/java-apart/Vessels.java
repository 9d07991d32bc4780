package com.example.vessels;

import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;

abstract class Vessel {
    protected final Map<String, Integer> logs = new HashMap<>();

    synchronized void clear() {
        logs.clear();
    }
}

// No tug is a barge: what a barge's watch waits for is the lock of another vessel.
class Tug extends Vessel {
    private Connection connection;

    synchronized void report() throws Exception {
        connection.createStatement().executeQuery("SELECT * FROM tugs"); // want "`report` holds `Vessel` .* 1 other function that needs the lock, `clear`, waits"
    }
}

class Barge extends Vessel {
    class Watch {
        int count() {
            synchronized (Barge.this) {
                return logs.size();
            }
        }

        boolean has(String name) {
            synchronized (Barge.this) {
                return logs.containsKey(name);
            }
        }
    }
}

abstract class Wagon {
    protected final Map<String, Integer> loads = new HashMap<>();

    synchronized void clear() {
        loads.clear();
    }
}

class Tipper extends Wagon {
    private Connection connection;

    synchronized void report() throws Exception {
        connection.createStatement().executeQuery("SELECT * FROM tippers"); // want "`report` holds `Wagon` .* 3 other functions"
    }

    class Watch {
        int count() {
            synchronized (Tipper.this) {
                return loads.size();
            }
        }

        boolean has(String name) {
            synchronized (Tipper.this) {
                return loads.containsKey(name);
            }
        }
    }
}
