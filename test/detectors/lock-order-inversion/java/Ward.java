package town.clinic;

import java.util.concurrent.locks.ReentrantLock;

public class Ward {
    private final Object all = new Object();
    private final Object doors = new Object();
    private final Object windows = new Object();
    private final ReentrantLock lights = new ReentrantLock();
    private final ReentrantLock heating = new ReentrantLock();
    private int open;

    /** A third lock is held both times. */
    public void air() {
        synchronized (all) {
            synchronized (doors) {
                synchronized (windows) {
                    open++;
                }
            }
        }
    }

    public void close() {
        synchronized (all) {
            synchronized (windows) {
                synchronized (doors) {
                    open--;
                }
            }
        }
    }

    /** Always in one order, the first of them twice. */
    public void dim() {
        lights.lock();
        heating.lock();
        lights.lock();
        open = 0;
        lights.unlock();
        heating.unlock();
        lights.unlock();
    }

    public void warm() {
        lights.lock();
        heating.lock();
        heating.unlock();
        lights.unlock();
    }

    /** It is only tried. */
    public void cool() {
        heating.lock();
        try {
            if (lights.tryLock()) {
                lights.unlock();
            }
        } finally {
            heating.unlock();
        }
    }
}
