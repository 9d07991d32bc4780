package harbour;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

class Harbour {
    private static final Map<String, String> SEEN = new HashMap<>();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final List<String> history = new ArrayList<>();
    private final Map<Berth, Integer> berths = new EnumMap<>(Berth.class);
    private final Map<String, Integer> totals = new HashMap<>();
    private final JdbcTemplate jdbc;

    Harbour(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @PostMapping("/moor")
    void moor(@RequestParam String ship, @RequestParam Berth berth) {
        SEEN.put(ship, "moored");
        calls.merge(ship, 1, Integer::sum);
        history.add(ship);
        if (history.size() > 100) {
            history.remove(0);
        }
        berths.put(berth, 1);
        totals.put("moored", 1);
        jdbc.update("INSERT INTO moorings (ship) VALUES (?)", ship);
    }

    @PostMapping("/leave")
    void leave(@RequestParam String ship) {
        SEEN.remove(ship);
        calls.entrySet().removeIf(call -> call.getValue() > 3);
    }

    @GetMapping("/moorings")
    List<String> moorings() {
        return jdbc.queryForList("SELECT ship FROM moorings LIMIT 50", String.class);
    }

    // Nobody who asks adds any.
    @GetMapping("/piers")
    List<String> piers() {
        return jdbc.queryForList("SELECT name FROM piers", String.class);
    }
}

enum Berth {
    NORTH,
    SOUTH
}
