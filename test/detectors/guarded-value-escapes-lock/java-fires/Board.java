package roster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;

class Board {
    private final Object lock = new Object();
    private final Map<String, Integer> prices = new HashMap<>();

    void report(String station, int price) {
        synchronized (lock) {
            prices.put(station, price);
        }
    }

    void forget(String station) {
        synchronized (lock) {
            prices.remove(station);
        }
    }

    Map<String, Integer> all() {
        synchronized (lock) {
            return prices; // want "`all` returns `Board.prices` itself"
        }
    }

    Map<String, Integer> known() {
        synchronized (lock) {
            return prices; // want-info "`known` returns `Board.prices` itself"
        }
    }
}

class Counter {
    private final Board board = new Board();
    private final ObjectMapper json = new ObjectMapper();

    String print() throws Exception {
        Map<String, Integer> prices = board.all();
        return json.writeValueAsString(prices);
    }

    int price(String station) {
        return board.known().get(station);
    }
}
