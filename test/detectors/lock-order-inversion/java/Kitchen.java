package town.clinic;

import java.util.HashMap;
import java.util.Map;

class Kitchen {
    private final Map<String, Tray> trays = new HashMap<>();
    private int served;

    public synchronized void serve() {
        lay();
    }

    /** Nobody else knows the plate yet. */
    private void lay() {
        Plate plate = new Plate(this);
        plate.fill();
        served++;
    }

    synchronized void clear() {
        served = 0;
    }

    public synchronized void collect(String ward) {
        pick(ward);
    }

    private void pick(String ward) {
        Tray tray = new Tray(this);
        tray.empty();
        replace(ward, tray);
    }

    private void replace(String ward, Tray tray) {
        Tray old = trays.put(ward, tray);
        old.empty();
    }
}

class Plate {
    private final Kitchen kitchen;
    private int food;

    Plate(Kitchen kitchen) {
        this.kitchen = kitchen;
    }

    synchronized void fill() {
        food++;
    }

    public synchronized void drop() {
        kitchen.clear();
        food = 0;
    }
}

/** The tray of before is known to others. */
class Tray {
    private final Kitchen kitchen;
    private int dishes;

    Tray(Kitchen kitchen) {
        this.kitchen = kitchen;
    }

    synchronized void empty() {
        dishes = 0;
    }

    public synchronized void drop() {
        kitchen.clear(); // want "`drop` takes `Kitchen` while it holds `Tray`, and `collect` takes `Tray` while it holds `Kitchen`.* for ever\.$"
    }
}
