package com.example.presses;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;

class Press {
    private final ReentrantLock lock = new ReentrantLock();
    private int sheets;

    void print() {
        lock.lock();
        try {
            sheets++;
        } finally {
            giveBack();
        }
    }

    private void giveBack() {
        if (lock.isHeldByCurrentThread()) {
            lock.unlock();
        }
    }
}

class Binder {
    private static final Logger logger = Logger.getLogger("binder");
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<String> sheets = new ArrayDeque<>();

    void bind(Sheet sheet) {
        lock.lock(); // want-info "stays locked when .* throws, which it seldom does"
        logger.info("binding");
        String name = sheet.getName();
        sheets.offer(name);
        lock.unlock();
    }

    void send(Sheet sheet, Courier courier) throws Exception {
        lock.lock(); // want "stays locked when `courier.deliver` throws: "
        logger.info("sending");
        courier.deliver(sheet.getName());
        lock.unlock();
    }

    void wrap() {
        lock.lock();
        wrapAndGiveBack();
    }

    private void wrapAndGiveBack() {
        try {
            check(sheets.size());
        } finally {
            lock.unlock();
        }
    }

    private void check(int count) {
        if (count < 0) throw new IllegalStateException("less than none");
    }
}

interface Sheet {
    String getName();
}

interface Courier {
    void deliver(String name) throws Exception;
}
