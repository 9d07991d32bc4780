package com.example.presses;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/** Whether the lock was got is asked beside something else. */
class Tub {
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<String> sheets = new ArrayDeque<>();

    void soak(String sheet) {
        boolean got = lock.tryLock();
        if (!got && sheet == null) {
            return;
        }
        if (!got) {
            lock.lock();
        }
        try {
            sheets.offer(sheet);
        } finally {
            lock.unlock();
        }
    }
}

class Vat {
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<String> sheets = new ArrayDeque<>();

    void soak(String sheet) {
        boolean got = lock.tryLock();
        if (got && sheet == null) {
            return; // want "Returns here with `Vat\.lock` still locked"
        }
        if (!got) {
            lock.lock();
        }
        try {
            sheets.offer(sheet);
        } finally {
            lock.unlock();
        }
    }
}
