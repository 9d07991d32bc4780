package com.example.bakery;

import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

class Bakery {
    private final Queue<String> orders = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition baked = lock.newCondition();
    private final Semaphore ovens = new Semaphore(3);
    private Connection connection;
    private ExecutorService pool;

    synchronized int count() {
        return orders.size();
    }

    // Copied under the lock, written without it.
    void save() throws Exception {
        List<String> copy;
        synchronized (this) {
            copy = new ArrayList<>(orders);
        }
        connection.createStatement().executeUpdate("INSERT INTO orders VALUES (" + copy.size() + ")");
    }

    // Waiting on an object gives its lock back.
    synchronized String next() throws Exception {
        while (orders.isEmpty()) {
            wait();
        }
        return orders.remove();
    }

    // And so does a condition.
    String take() throws Exception {
        lock.lock();
        try {
            while (orders.isEmpty()) {
                baked.await();
            }
            return orders.remove();
        } finally {
            lock.unlock();
        }
    }

    // Only started under the lock.
    synchronized void bake() {
        pool.submit(() -> connection.createStatement().executeUpdate("DELETE FROM dough"));
    }

    // Several may hold a semaphore.
    void heat() throws Exception {
        ovens.acquire();
        Thread.sleep(1000);
        ovens.release();
    }
}
