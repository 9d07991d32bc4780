package dev.depot;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

public class Watcher implements Runnable {
    private final JdbcTemplate jdbc;

    public Watcher(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public void start() {
        new Thread(this, "watcher").start();
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            List<Long> open = jdbc.queryForList("SELECT id FROM visits WHERE state = 'open'", Long.class);
            for (Long id : open) {
                jdbc.update("UPDATE visits SET state = 'closed' WHERE id = ?", id); // want "every 5 s × each of `open` × 1 UPDATE on `visits`\.$"
            }
            try {
                Thread.sleep(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
