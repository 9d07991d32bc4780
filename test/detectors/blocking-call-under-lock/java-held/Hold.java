package marina;

import java.util.concurrent.locks.ReentrantLock;

class Hold implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();

    Hold take() {
        lock.lock();
        return this;
    }

    @Override
    public void close() {
        lock.unlock();
    }
}
