package ferry;

import java.util.HashMap;
import java.util.Map;

public class RouteBuilder {
    private final Map<String, Integer> stops = new HashMap<>();

    public synchronized RouteBuilder stop(String name) {
        stops.put(name, 1);
        return this;
    }

    public synchronized RouteBuilder skip(String name) {
        stops.remove(name);
        return this;
    }

    public RouteBuilder end(String name) {
        stops.put(name, 2);
        return this;
    }
}
