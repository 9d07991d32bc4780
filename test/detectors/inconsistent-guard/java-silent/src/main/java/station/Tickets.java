package station;

import java.util.HashMap;
import java.util.Map;

/** Outside tests it is only asked how many there are. */
class Tickets {
    private final Map<String, Integer> sold = new HashMap<>();

    synchronized void sell(String name) {
        sold.put(name, 1);
    }

    synchronized void refund(String name) {
        sold.remove(name);
    }

    synchronized boolean has(String name) {
        return sold.containsKey(name);
    }

    Map<String, Integer> getSold() {
        return sold;
    }
}

class Till {
    private final Tickets tickets = new Tickets();

    void swap(String from, String to) {
        tickets.refund(from);
        tickets.sell(to);
    }

    int close() {
        return tickets.getSold().size();
    }
}
