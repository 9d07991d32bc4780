package com.example.slips;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class HarbourConcurrentHashMap<K, V> extends ConcurrentHashMap<K, V> {}

class Slips {
    private final Map<String, String> boats = new HarbourConcurrentHashMap<>();

    synchronized void moor(String slip, String boat) {
        boats.put(slip, boat);
    }

    synchronized void leave(String slip) {
        boats.remove(slip);
    }

    synchronized String at(String slip) {
        return boats.get(slip);
    }

    String look(String slip) {
        return boats.get(slip);
    }
}

class Docks {
    private final Map<String, String> boats = new HashMap<>();

    synchronized void moor(String dock, String boat) {
        boats.put(dock, boat);
    }

    synchronized void leave(String dock) {
        boats.remove(dock);
    }

    synchronized String at(String dock) {
        return boats.get(dock);
    }

    String look(String dock) {
        return boats.get(dock); // want "`Docks.boats`"
    }
}
