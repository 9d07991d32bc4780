package beacons;

import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import org.springframework.jdbc.core.JdbcTemplate;

class Beacons {
    private final JdbcTemplate jdbc;
    private final Timer timer = new Timer();

    Beacons(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void start() {
        timer.schedule(new TimerTask() {
            @Override
            public void run() {
                turn();
            }
        }, 0, 5_000);
        keep(new TimerTask() {
            @Override
            public void run() {
                rest();
            }
        });
    }

    private void keep(TimerTask task) {
    }

    private void turn() {
        List<String> lit = jdbc.queryForList("SELECT id FROM beacons WHERE lit", String.class);
        for (String id : lit) {
            jdbc.update("UPDATE beacons SET turned = now() WHERE id = ?", id); // want "every 5 s × each of `lit`"
        }
    }

    private void rest() {
        List<String> lit = jdbc.queryForList("SELECT id FROM beacons WHERE lit", String.class);
        for (String id : lit) {
            jdbc.update("UPDATE beacons SET rests = true WHERE id = ?", id);
        }
    }
}
