package quay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;

class Wages {
    private final Map<String, Integer> dockers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final JdbcTemplate jdbc;

    Wages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void open() {
        clock.scheduleAtFixedRate(this::pay, 0, 2, TimeUnit.SECONDS);
    }

    void sign(String id) {
        dockers.put(id, 0);
    }

    private void pay() {
        for (String id : dockers.keySet()) {
            jdbc.update("UPDATE dockers SET coins = coins + 1 WHERE id = ?", id); // want "every 2 s × each of `this.dockers` × 1 UPDATE on `dockers`\.$"
        }
    }
}
