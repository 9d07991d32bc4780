package harbour;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;

class Ferry {
    private static final List<String> DECKS = List.of("upper", "lower");
    private final JdbcTemplate jdbc;

    Ferry(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @PostMapping("/boarding")
    void board(List<Passenger> boarding, Optional<Passenger> captain) {
        jdbc.batchUpdate("INSERT INTO aboard VALUES (?)", boarding.stream().map(p -> new Object[] {p.id}).toList());
        captain.map(passenger -> name(passenger.id));
        for (String deck : DECKS) {
            jdbc.update("UPDATE decks SET full = false WHERE name = ?", deck);
        }
        for (Passenger passenger : boarding) {
            addTime(passenger, false);
        }
        cabins(boarding);
        find(boarding);
    }

    private void addTime(Passenger passenger, boolean persist) {
        if (!persist) {
            return;
        }
        jdbc.update("UPDATE passengers SET time = 1 WHERE id = ?", passenger.id);
    }

    private void cabins(List<Passenger> boarding) {
        Map<Integer, String> names = new HashMap<>();
        for (Passenger passenger : boarding) {
            if (!names.containsKey(passenger.cabin)) {
                names.put(passenger.cabin, name(passenger.cabin));
            }
        }
    }

    private String find(List<Passenger> boarding) {
        for (Passenger passenger : boarding) {
            if (passenger.id == 1) {
                return name(passenger.id);
            }
        }
        return null;
    }

    private String name(int id) {
        return jdbc.queryForObject("SELECT name FROM people WHERE id = ?", String.class, id);
    }

    void byHand(List<Passenger> passengers) {
        for (Passenger passenger : passengers) {
            name(passenger.id);
        }
    }
}

class Passenger {
    int id;
    int cabin;
}
