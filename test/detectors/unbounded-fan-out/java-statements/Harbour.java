package harbour;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class Pilot {
    String id;
    String quay;
}

class Roster {
    private final Map<String, Pilot> aboard = new ConcurrentHashMap<>();

    void board(Pilot pilot) {
        aboard.put(pilot.id, pilot);
    }

    void leave(String id) {
        aboard.remove(id);
    }

    List<Pilot> around(String quay) {
        List<Pilot> found = new ArrayList<>();
        for (Pilot pilot : aboard.values()) {
            if (pilot.quay.equals(quay)) {
                found.add(pilot);
            }
        }
        return found;
    }
}

class Calls {
    private final DataSource source;

    Calls(DataSource source) {
        this.source = source;
    }

    void call(String pilot) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("INSERT INTO calls (pilot) VALUES (?)")) {
            statement.setString(1, pilot);
            statement.executeUpdate();
        }
    }

    void wake(String pilot) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("UPDATE pilots SET awake = true WHERE id = ?")) {
            statement.setString(1, pilot);
            statement.executeUpdate();
        }
    }
}

@RestController
class Harbour {
    private final Roster roster = new Roster();
    private final Calls calls;

    Harbour(Calls calls) {
        this.calls = calls;
    }

    @PostMapping("/call")
    void callAll(String quay) throws SQLException {
        for (Pilot pilot : roster.around(quay)) {
            calls.call(pilot.id); // want "^Each request to `/call` makes 1 INSERT on `calls` for each of `this.roster.around\(quay\)`\. None of four"
        }
    }

    // Nothing new.
    @PostMapping("/wake")
    void wakeAll(String quay) throws SQLException {
        for (Pilot pilot : roster.around(quay)) {
            calls.wake(pilot.id);
        }
    }
}
