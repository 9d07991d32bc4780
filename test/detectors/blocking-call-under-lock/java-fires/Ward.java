package com.example.clinic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class Ward {
    private final List<String> beds = new ArrayList<>();
    private Desk desk;

    synchronized String ask(String name) throws Exception {
        CompletableFuture<String> answer = desk.call(name);
        String bed = answer.get(3, TimeUnit.SECONDS); // want-info "`ask` holds `Ward` while it waits \(`java\.util\.concurrent\.CompletableFuture\.get`\)"
        beds.add(bed);
        return bed;
    }

    synchronized String askAtOnce(String name) throws Exception {
        return desk.call(name).get(3, TimeUnit.SECONDS);
    }

    synchronized int size() {
        return beds.size();
    }

    synchronized void clear() {
        beds.clear();
    }
}

interface Desk {
    CompletableFuture<String> call(String name);
}
