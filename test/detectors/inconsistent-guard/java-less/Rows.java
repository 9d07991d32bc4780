package ferry;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

class Rows {
    private final List<String> seats = new ArrayList<>();

    synchronized void add(String seat) {
        seats.add(seat);
    }

    synchronized void drop(String seat) {
        seats.remove(seat);
    }

    synchronized boolean has(String seat) {
        return seats.contains(seat);
    }

    synchronized String get(int index) {
        return seats.get(index);
    }

    synchronized void clear() {
        seats.clear();
    }

    synchronized void set(int index, String seat) {
        seats.set(index, seat);
    }

    synchronized void addAll(List<String> more) {
        seats.addAll(more);
    }

    static class Walk implements Iterator<String> {
        private final Rows rows;
        private int at = -1;

        Walk(Rows rows) {
            this.rows = rows;
        }

        @Override
        public synchronized boolean hasNext() {
            return at < 10;
        }

        @Override
        public synchronized String next() {
            return rows.seats.get(++at); // want-info "`next` reads `Rows.seats` .* Whoever goes over a collection keeps others from changing it meanwhile\."
        }
    }

    static class Printer implements Runnable {
        private final Rows rows;
        private final Press press;

        Printer(Rows rows, Press press) {
            this.rows = rows;
            this.press = press;
        }

        @Override
        public void run() {
            press.print(rows.seats.get(0)); // want "`run` reads `Rows.seats` .* half a change is seen"
        }
    }
}

class Press {
    private String last;

    void print(String text) {
        last = text + last;
    }
}
