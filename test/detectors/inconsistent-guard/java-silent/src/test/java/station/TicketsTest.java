package station;

import org.junit.jupiter.api.Test;

class TicketsTest {
    private final Tickets tickets = new Tickets();

    @Test
    void sells() {
        tickets.sell("a");
        System.out.println(tickets.getSold().get("a"));
    }
}
