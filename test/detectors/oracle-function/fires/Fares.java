import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class Fares {
    List<Trip> settle(List<Trip> trips) { // want "`settle` is hard to explain"
        Map<String, Trip> kept = new HashMap<>();
        trips.sort(Comparator.comparing(Trip::at));
        for (Trip t : trips) { // want-step "sorted sequence"
            String key = t.card() + ":" + t.zone() + ":" + t.at() / 5400; // want-step "keyed by"
            Trip o = kept.getOrDefault(key, t);
            int w = (t.mask() & 0x3c) >> 2; // want-step "single bits"
            for (Trip x : kept.values()) {
                if (x.fare() > o.fare() && w % 7 > 3) { // want-step "division by `7`"
                    o = x;
                    break; // want-step "leaves the inner of 2 loops"
                }
            }
            kept.put(key, o);
        }
        return new ArrayList<>(kept.values());
    }
}
