package harbour;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

class Moorings {
    private final Map<String, Set<String>> crews = new ConcurrentHashMap<>();
    private final Map<String, Integer> fees = new ConcurrentHashMap<>();
    private final Map<String, Integer> visits = new ConcurrentHashMap<>();

    @PostMapping("/moorings")
    void moor(@RequestParam String ship, @RequestParam String sailor) {
        crews.computeIfAbsent(ship, name -> new HashSet<>()).add(sailor);
        fees.put(ship, 1);
        visits.put(ship, 1); // want "`Moorings.visits` only ever grows"
    }

    @PostMapping("/leave")
    void leave(@RequestParam String ship, @RequestParam String sailor) {
        crews.computeIfPresent(ship, (name, sailors) -> {
            sailors.remove(sailor);
            return sailors.isEmpty() ? null : sailors;
        });
        fees.compute(ship, (name, fee) -> {
            if (fee == null || fee < 2) {
                return null;
            }
            return fee - 1;
        });
        visits.compute(ship, (name, count) -> count + 1);
    }
}
