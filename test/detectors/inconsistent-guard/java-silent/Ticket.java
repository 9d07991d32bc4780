package station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Tickets are used again: who gets one fills it in before anybody else knows it. */
class Ticket {
    private static final ArrayDeque<Ticket> used = new ArrayDeque<>();
    private List<String> stops = new ArrayList<>();

    static Ticket create(List<String> stops) {
        Ticket ticket = used.poll();
        if (ticket == null) ticket = new Ticket();
        ticket.stops = stops;
        return ticket;
    }

    synchronized void add(String stop) {
        stops.add(stop);
    }

    synchronized void drop(String stop) {
        stops.remove(stop);
    }

    synchronized boolean has(String stop) {
        return stops.contains(stop);
    }
}
