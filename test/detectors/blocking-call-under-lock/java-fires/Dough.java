package com.example.ward;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

class Dough {
    private final Map<String, Integer> weights = new HashMap<>();
    private CompletableFuture<Integer> risen = new CompletableFuture<>();

    synchronized int weigh() throws Exception {
        int weight = 0;
        if (!risen.isDone()) {
            weight = risen.get(); // want "`weigh` holds `Dough` while it waits"
        }
        weights.put("dough", weight);
        return weight;
    }

    synchronized int count() {
        return weights.size();
    }
}
