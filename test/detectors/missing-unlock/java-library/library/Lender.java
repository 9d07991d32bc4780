package library;

import java.util.concurrent.locks.ReentrantLock;

class Lender {
    private final ReentrantLock key = new ReentrantLock();
    private final ReentrantLock spare = new ReentrantLock();

    /** Asks for another one. */
    void lend() {
        key.lock(); // want "Can end with `Lender.key` still locked"
        try {
            spare.lock();
        } finally {
            if (spare.isHeldByCurrentThread()) {
                spare.unlock();
            }
            if (spare.isFair()) {
                key.unlock();
            }
        }
    }
}
