package town.office;

/** The head office is made by whoever asks for it first. */
class Offices {
    private static final Object LOCK = new Object();
    private static volatile Offices head;
    private int open;

    static Offices head() {
        if (head == null) {
            synchronized (LOCK) {
                if (head == null) {
                    head = new Offices();
                }
            }
        }
        return head;
    }

    public static int closeAll(Branch branch) {
        synchronized (LOCK) {
            return branch.close();
        }
    }

    int open() {
        return open;
    }
}

class Branch {
    private final Object lock = new Object();
    private int desks;

    public int close() {
        synchronized (lock) {
            return --desks;
        }
    }

    public int report() {
        synchronized (lock) {
            return Offices.head().open() + desks; // want-info "`report` takes `Offices.LOCK` while it holds `Branch.lock`, .* One of them only takes its lock where something is missing that is made once\.$"
        }
    }
}

/** Whoever asks, waits. */
class Archives {
    private static final Object LOCK = new Object();
    private static Archives main;
    private int open;

    static Archives main() {
        synchronized (LOCK) {
            if (main == null) {
                main = new Archives();
            }
            return main;
        }
    }

    public static int closeAll(Room room) {
        synchronized (LOCK) {
            return room.close();
        }
    }

    int open() {
        return open;
    }
}

class Room {
    private final Object lock = new Object();
    private int shelves;

    public int close() {
        synchronized (lock) {
            return --shelves;
        }
    }

    public int report() {
        synchronized (lock) {
            return Archives.main().open() + shelves; // want "`report` takes `Archives.LOCK` while it holds `Room.lock`, .* each waits for the other's lock for ever\.$"
        }
    }
}
