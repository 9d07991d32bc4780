package com.example.bakery;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

class Dough {
    private final Map<String, Integer> weights = new HashMap<>();
    private CompletableFuture<Integer> risen = new CompletableFuture<>();

    // What is done is not waited for.
    synchronized int weigh() throws Exception {
        int weight = 0;
        if (risen.isDone()) {
            weight = risen.get();
        }
        weights.put("dough", weight);
        return weight;
    }

    synchronized int weighLater() throws Exception {
        if (!risen.isDone()) {
            return 0;
        }
        return risen.get();
    }

    synchronized int count() {
        return weights.size();
    }
}
