package library;

import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Between the lock and the block that gives it back stands what cannot throw. */
class Granary {
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock doors = new ReentrantLock();
    private final Scale scale = new Scale();
    private final List<String> sacks = new LinkedList<>();

    List<String> heavy() {
        lock.lock();
        List<String> heavy = new LinkedList<>();
        String keeper = Thread.currentThread().getName();
        try {
            heavy.add(keeper);
            for (String sack : sacks) if (sack.length() > 9) heavy.add(sack);
        } finally {
            lock.unlock();
        }
        return heavy;
    }

    void weighAll() {
        lock.lock();
        doors.lock();
        scale.hold();
        try {
            for (String sack : sacks) scale.weigh(sack);
        } finally {
            scale.letGo();
            doors.unlock();
            lock.unlock();
        }
    }

    void weighAnew() {
        lock.lock(); // want "`Granary.lock` stays locked when `this.scale.balance` throws"
        scale.balance();
        try {
            for (String sack : sacks) scale.weigh(sack);
        } finally {
            lock.unlock();
        }
    }

    void copyAll(List<String> more) {
        lock.lock(); // want "`Granary.lock` stays locked when `LinkedList` throws"
        List<String> copy = new LinkedList<>(more);
        try {
            sacks.addAll(copy);
        } finally {
            lock.unlock();
        }
    }
}

class Scale {
    private final ReentrantLock used = new ReentrantLock();
    private int weight;

    void hold() {
        used.lock();
    }

    void letGo() {
        used.unlock();
    }

    void balance() {
        if (weight < 0) throw new IllegalStateException("upside down");
        weight = 0;
    }

    void weigh(String sack) {
        weight += sack.length();
    }
}
