package harbour.docks;

/** A class and what it extends have one monitor: no order between them. */
class Dock {
    private int ships;
    protected DryDock next;

    synchronized void moor() {
        ships++;
        next.check();
    }

    synchronized int ships() {
        return ships;
    }
}

class DryDock extends Dock {
    private int pumped;

    synchronized void check() {
        pumped++;
    }

    synchronized void drain() {
        pumped += ships();
    }
}
