package marina;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Marina {
    private final Hold quay = new Hold();
    private final Map<String, Integer> boats = new HashMap<>();
    private final Connection db;

    Marina(Connection db) {
        this.db = db;
    }

    @PostMapping("/dock")
    void dock(String name, int at) throws SQLException {
        try (Hold held = quay.take()) {
            boats.put(name, at);
            write(); // want "`dock` holds `Hold.lock` while it goes to the database .* through `write`"
        }
    }

    // The lock is given back before, each time.
    @DeleteMapping("/leave")
    void leave(String name) throws SQLException {
        forget(name);
        write();
    }

    private void forget(String name) {
        try (Hold held = quay.take()) {
            boats.remove(name);
        }
        try (var held = quay.take()) {
            boats.remove(name + "'s dinghy");
        }
    }

    private void write() throws SQLException {
        try (Statement statement = db.createStatement()) {
            statement.executeUpdate("update docks set changed = now()");
        }
    }

    @GetMapping("/at")
    int at(String name) {
        try (Hold held = quay.take()) {
            return boats.get(name);
        }
    }
}
