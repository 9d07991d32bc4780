package com.example.ledger;

import java.util.HashMap;
import java.util.Map;

/** A mark that something is never null calls nobody. */
class Ledger {
    private final Map<String, String> rows = new HashMap<>();

    synchronized void put(String id, String row) {
        rows.put(id, row);
    }

    synchronized void drop(String id) {
        rows.remove(id);
    }

    synchronized String at(String id) {
        return rows.get(id);
    }

    synchronized boolean has(String id) {
        return rows.containsKey(id);
    }

    @NotNull
    String[] all() {
        return rows.values().toArray(new String[0]); // want-info "Nothing outside tests calls it"
    }
}

class Clerk {
    private final Ledger ledger = new Ledger();

    public void work(String id) {
        ledger.put(id, id);
        ledger.drop(id);
        ledger.at(id);
        ledger.has(id);
    }
}
