package dev.harbour;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;

public class Tide {
    private final Map<String, Ship> ships = new ConcurrentHashMap<>();
    private final JdbcTemplate jdbc;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private long turn;

    public Tide(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public void open() {
        timer.scheduleAtFixedRate(this::turn, 0, 2, TimeUnit.SECONDS);
        note(this.count);
    }

    private long count;

    public void moor(String id) {
        ships.put(id, new Ship(id));
    }

    private void turn() {
        turn++;
        for (Ship ship : ships.values()) {
            jdbc.update("UPDATE ships SET depth = ? WHERE id = ?", turn, ship.id); // want "every 2 s × each of `this.ships` × 1 UPDATE on `ships`"
        }
    }

    private void count() {
        for (Ship ship : ships.values()) {
            jdbc.update("UPDATE ships SET counted = ? WHERE id = ?", count, ship.id);
        }
    }

    private void note(long much) {
        count = much;
    }

    static final class Ship {
        final String id;

        Ship(String id) {
            this.id = id;
        }
    }
}
