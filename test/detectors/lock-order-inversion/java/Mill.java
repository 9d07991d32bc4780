package mills;

import java.util.concurrent.locks.ReentrantLock;
import parts.Moving;
import parts.Part;

/** The monitors of a sail and of a stone are those of different objects, though both are parts. */
class Mill {
    static class Sail extends Moving {
        private final ReentrantLock rope = new ReentrantLock();

        public synchronized void turn() {
            rope.lock();
            try {
                speed++;
            } finally {
                rope.unlock();
            }
        }

        public void hang(Stone stone) {
            rope.lock();
            try {
                stone.lift();
            } finally {
                rope.unlock();
            }
        }
    }

    static class Stone extends Part {
        private int height;

        public synchronized void lift() {
            height++;
        }
    }

    static class Wheel extends Moving {
        private final ReentrantLock chain = new ReentrantLock();

        public synchronized void roll() {
            chain.lock();
            try {
                speed++;
            } finally {
                chain.unlock();
            }
        }

        public void brake(Wheel other) {
            chain.lock();
            try {
                other.halt(); // want "`brake` takes `Part` while it holds `Wheel.chain`, and `roll` takes `Wheel.chain` while it holds `Part`"
            } finally {
                chain.unlock();
            }
        }

        public synchronized void halt() {
            speed = 0;
        }
    }
}
