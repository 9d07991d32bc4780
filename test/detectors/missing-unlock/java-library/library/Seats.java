package library;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

class Seats {
    private final ReentrantLock room = new ReentrantLock();
    private final Set<String> seats = new HashSet<>();

    boolean hold(String seat) {
        room.lock();
        if (!seats.contains(seat)) {
            return false; // want "Returns here with `Seats.room` still locked; other ways unlock it"
        }
        seats.remove(seat);
        room.unlock();
        return true;
    }
}
