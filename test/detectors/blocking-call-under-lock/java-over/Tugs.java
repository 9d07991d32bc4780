package com.example.tugs;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

class Tugs {
    private final Map<String, CompletableFuture<String>> jobs = new HashMap<>();

    public synchronized String state(String name) {
        CompletableFuture<String> job = jobs.get(name);
        if (job != null && job.isDone()) {
            return job.join();
        }
        return "under way";
    }

    public synchronized void add(String name, CompletableFuture<String> job) {
        jobs.put(name, job);
    }

    public synchronized int count() {
        return jobs.size();
    }
}

class Ferries {
    private final Map<String, CompletableFuture<String>> jobs = new HashMap<>();

    public synchronized String state(String name) {
        CompletableFuture<String> job = jobs.get(name);
        if (job != null) {
            return job.join(); // want "`state` holds `Ferries` while it waits "
        }
        return "under way";
    }

    public synchronized void add(String name, CompletableFuture<String> job) {
        jobs.put(name, job);
    }

    public synchronized int count() {
        return jobs.size();
    }
}

class Barges {
    private final BlockingQueue<String> loads = new LinkedBlockingQueue<>();
    private int loaded;

    public synchronized void load() throws InterruptedException {
        while (loads.peek() != null) {
            loads.take();
            loaded++;
        }
    }

    public synchronized int loaded() {
        return loaded;
    }

    public synchronized void reload() {
        loaded = 0;
    }
}
