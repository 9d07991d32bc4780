package town.clinic;

public class Pharmacy {
    private final Object shelves = new Object();
    private Clinic clinic;
    private int drugs;

    public void fill() {
        synchronized (shelves) {
            drugs++;
        }
    }

    public void deliver() {
        synchronized (shelves) {
            drugs -= clinic.freeBeds(); // want "`deliver` takes `Clinic\.beds` while it holds `Pharmacy\.shelves`, and `order` takes `Pharmacy\.shelves` while it holds `Clinic\.beds`"
        }
    }

    private final Object left = new Object();

    public void merge(Pharmacy other) {
        synchronized (left) {
            synchronized (other.left) { // want "takes `Pharmacy\.left` of `this` and then of `other`"
                drugs += other.drugs;
            }
        }
    }
}
