package library;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A lock that goes by functions of its own, and is held from one function to another. */
class Ledger {
    private final ReentrantLock guard = new ReentrantLock();
    private final List<String> lines = new ArrayList<>();

    private void writeLock() {
        guard.lock();
    }

    private void writeUnlock() {
        guard.unlock();
    }

    public void beforeReading() {
        writeLock();
        lines.clear();
    }

    public void afterReading() {
        lines.sort(null);
        writeUnlock();
    }
}

/** Here nobody gives it back. */
class Register {
    private final ReentrantLock guard = new ReentrantLock();
    private final List<String> lines = new ArrayList<>();

    private void writeLock() {
        guard.lock();
    }

    private void writeUnlock() {
        guard.unlock();
    }

    public void add(String line) {
        writeLock();
        try {
            lines.add(line);
        } finally {
            writeUnlock();
        }
    }

    public void wipe() {
        writeLock(); // want "Locks `Register.guard`, and nothing unlocks it"
        lines.clear();
    }
}
