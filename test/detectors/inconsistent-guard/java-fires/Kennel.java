package harbour;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

class Kennel {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> dogs = new ArrayList<>();
    private int meals;
    private static Kennel last;

    void take(String dog) {
        lock.lock();
        try {
            dogs.add(dog);
            meals = meals + 2;
        } finally {
            lock.unlock();
        }
    }

    void give(String dog) {
        lock.lock();
        try {
            dogs.remove(dog);
            meals = meals - 2;
        } finally {
            lock.unlock();
        }
    }

    int hungry() {
        lock.lock();
        try {
            return dogs.size() - meals;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody else has what is made here, whichever line declares it. */
    static Kennel read(List<String> names) {
        Kennel kennel;
        if (names.isEmpty()) {
            kennel = last;
        } else {
            kennel = new Kennel();
            for (String name : names) kennel.dogs.add(name);
        }
        return kennel;
    }

    static Kennel of(String dog) {
        Kennel kennel = new Kennel();
        kennel.dogs.add(dog);
        kennel.meals = 2;
        return kennel;
    }

    /** Behind the branch it may be the one that others have. */
    static Kennel either(boolean isNew, String dog) {
        Kennel kennel = new Kennel();
        if (!isNew) {
            kennel = last;
        }
        kennel.dogs.add(dog); // want "`either` changes `Kennel.dogs` without `Kennel.lock`"
        return kennel;
    }

    /** It runs when others have it. */
    static Runnable later(String dog) {
        Kennel kennel = new Kennel();
        last = kennel;
        return () -> kennel.fill(dog);
    }

    private void fill(String dog) {
        dogs.add(dog); // want "`fill` changes `Kennel.dogs` without `Kennel.lock`"
    }
}
