package harbour;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
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
    private final Map<String, String> pilots = new Hashtable<>();
    private final JdbcTemplate jdbc;

    Harbour(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @PostMapping("/moor")
    void moor(@RequestParam String ship) {
        SEEN.put(ship, "moored"); // want "`Harbour.SEEN` only ever grows|`SEEN` only ever grows"
        calls.merge(ship, 1, Integer::sum); // want "`Harbour.calls` only ever grows: each request to `/moor` may add an element"
        pilots.put(ship, ship); // want "`Harbour.pilots` only ever grows"
        history.add(ship); // want "`Harbour.history` only ever grows: each request to `/moor` adds to it"
        jdbc.update("INSERT INTO moorings (ship) VALUES (?)", ship);
    }

    @GetMapping("/moorings")
    List<String> moorings() {
        return jdbc.queryForList("SELECT ship FROM moorings", String.class); // want "For each request to `/moorings` the whole table `moorings` is read"
    }
}
