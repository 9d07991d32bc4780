package quay;

import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;

class Ship {
    long id;
    long harbour;
}

class Pier {
    private final JdbcTemplate jdbc;

    Pier(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private List<Ship> shipsAt(long pier) {
        return jdbc.query("SELECT * FROM ships WHERE pier = ?", new ShipMapper(), pier);
    }

    // All or none.
    @Transactional
    @PutMapping("/piers/leave")
    void leave(@RequestBody Ship pier) {
        for (Ship ship : shipsAt(pier.id)) {
            jdbc.update("UPDATE ships SET pier = NULL WHERE id = ?", ship.id); // want-info "It is part of a transaction\.$"
        }
    }

    @PutMapping("/piers/moor")
    void moor(@RequestBody Ship pier) {
        for (Ship ship : shipsAt(pier.id)) {
            jdbc.update("UPDATE ships SET moored = true WHERE id = ?", ship.id); // want-info "Somebody changes something with it, and does so now and then\.$"
        }
    }

    // What stands at a pier goes with it.
    @DeleteMapping("/piers")
    void deletePier(@RequestBody Ship pier) {
        for (Ship ship : shipsAt(pier.id)) {
            jdbc.update("DELETE FROM ships WHERE id = ?", ship.id); // want-info "Somebody changes something with it, and does so now and then\.$"
        }
    }

    // Each harbour is read once.
    @GetMapping("/piers/harbours")
    Map<Long, String> harbours(@RequestBody Ship pier) {
        Map<Long, String> names = new HashMap<>();
        for (Ship ship : shipsAt(pier.id)) {
            names.computeIfAbsent(ship.harbour, this::nameOf);
        }
        return names;
    }

    private String nameOf(long harbour) {
        return jdbc.queryForObject("SELECT name FROM harbours WHERE id = ?", String.class, harbour);
    }
}
