package harbour;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

class Harbour {
    private JdbcTemplate jdbc;

    @PostMapping("/berths")
    void free(String berthIds) {
        String[] ids = berthIds.split(",");
        for (String id : ids) {
            jdbc.update("UPDATE berths SET ship = NULL WHERE id = ?", id); // want-info "There are as many as whoever asks has named\.$"
        }
    }

    @PostMapping("/berths/batch")
    void leave(List<Long> ids) {
        for (Long id : ids) {
            jdbc.update("UPDATE berths SET ship = NULL WHERE id = ?", id); // want-info "Somebody changes something with it, and does so now and then\.$"
        }
    }

    @PostMapping("/grant-berths")
    void grant(List<Ship> ships) {
        for (Ship ship : ships) {
            jdbc.update("UPDATE berths SET ship = ?", ship.id); // want-info "Somebody changes something with it, and does so now and then\.$"
        }
    }

    @PostMapping("/crews")
    void crews(List<Ship> ships) {
        ships.forEach(workerGroupName -> {
            jdbc.update("UPDATE crews SET ship = ?", workerGroupName); // want-info "There are few of these, by their name\.$"
        });
    }

    @GetMapping("/ships/first")
    void first(List<Ship> ships) {
        ships.stream().limit(3).forEach(ship -> {
            jdbc.update("UPDATE ships SET seen = 1 WHERE id = ?", ship.id);
        });
    }

    @GetMapping("/ships")
    void ships(List<Ship> ships) {
        for (Ship ship : ships) {
            jdbc.update("UPDATE ships SET seen = 1 WHERE id = ?", ship.id); // want-info "Somebody changes something with it, and does so now and then\.$"
        }
    }
}

class Ship {
    Long id;
}
