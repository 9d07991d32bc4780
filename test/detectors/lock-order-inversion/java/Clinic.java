package town.clinic;

import java.util.concurrent.locks.ReentrantLock;

public class Clinic {
    private final Object beds = new Object();
    private final Object staff = new Object();
    private final ReentrantLock rota = new ReentrantLock();
    private final ReentrantLock pay = new ReentrantLock();
    private final Pharmacy pharmacy;
    private int free = 10;

    public Clinic(Pharmacy pharmacy) {
        this.pharmacy = pharmacy;
    }

    public void admit() {
        synchronized (beds) {
            synchronized (staff) {
                free--;
            }
        }
    }

    public void discharge() {
        synchronized (staff) {
            release(); // want "takes `Clinic\.beds` while it holds `Clinic\.staff`, and `admit` takes `Clinic\.staff` while it holds `Clinic\.beds`"
        }
    }

    private void release() {
        synchronized (beds) {
            free++;
        }
    }

    public void plan() {
        rota.lock();
        try {
            pay.lock();
            try {
                free = 1;
            } finally {
                pay.unlock();
            }
        } finally {
            rota.unlock();
        }
    }

    public void settle() {
        pay.lock();
        try {
            rota.lock(); // want "takes `Clinic\.rota` while it holds `Clinic\.pay`"
            rota.unlock();
        } finally {
            pay.unlock();
        }
    }

    public void order() {
        synchronized (beds) {
            pharmacy.fill();
        }
    }

    public int freeBeds() {
        synchronized (beds) {
            return free;
        }
    }

    private final Object wards = new Object();
    private final Object notes = new Object();

    public void visit() {
        synchronized (wards) {
            synchronized (notes) {
                free--;
            }
        }
    }

    // The block around it may hold the other lock.
    public void report(Object handed) {
        Object outer = handed != null ? wards : notes;
        synchronized (outer) {
            synchronized (notes) {
                synchronized (wards) {
                    free++;
                }
            }
        }
    }
}
