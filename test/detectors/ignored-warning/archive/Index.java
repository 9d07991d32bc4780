import java.util.concurrent.locks.ReentrantLock;

abstract class Index {
    protected final ReentrantLock lock = new ReentrantLock();
    private int entries;

    // The caller is expected to hold `lock` when calling this method
    protected void increment() {
        ++entries;
    }
}

class Offsets extends Index {
    void append() {
        this.lock.lock();
        try {
            increment();
        } finally {
            this.lock.unlock();
        }
    }

    void bump() {
        increment(); // want "`bump` calls `Index.increment` without holding `Index.lock`"
    }
}
