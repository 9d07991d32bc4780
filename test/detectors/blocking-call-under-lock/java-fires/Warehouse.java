package com.example.warehouse;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

class Warehouse {
    private final Map<String, Integer> stock = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Connection connection;
    private HttpClient client;
    private CountDownLatch ready;

    synchronized int count() {
        return stock.size();
    }

    int sorted() {
        lock.lock();
        try {
            return stock.size();
        } finally {
            lock.unlock();
        }
    }

    synchronized void receive(String item) throws Exception {
        stock.merge(item, 1, Integer::sum);
        PreparedStatement statement = connection.prepareStatement("INSERT INTO stock (item) VALUES (?)");
        statement.executeUpdate(); // want "`receive` holds `Warehouse` while it (goes|writes) to the database"
    }

    void order(String item) throws Exception {
        lock.lock(); // want-step "takes `Warehouse.lock`"
        try {
            stock.put(item, 0);
            ask(item); // want "`order` holds `Warehouse.lock` while it goes to the network .* through `ask`"
        } finally {
            lock.unlock();
        }
    }

    private void ask(String item) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://supplier.example.com/" + item)).build();
        client.send(request, HttpResponse.BodyHandlers.ofString()); // want-step "goes to the network"
    }

    void check() throws Exception {
        synchronized (this) {
            Thread.sleep(1000); // want "`check` holds `Warehouse` while it sleeps"
        }
    }

    void prepare() throws Exception {
        lock.lock();
        try {
            ready.await(); // want "`prepare` holds `Warehouse.lock` while it waits"
        } finally {
            lock.unlock();
        }
    }
}
