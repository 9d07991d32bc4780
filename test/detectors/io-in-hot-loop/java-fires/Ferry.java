package harbour;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.client.RestTemplate;

class Ferry {
    private final JdbcTemplate jdbc;
    private final RestTemplate rest;
    private List<Passenger> passengers;

    Ferry(JdbcTemplate jdbc, RestTemplate rest) {
        this.jdbc = jdbc;
        this.rest = rest;
    }

    @Scheduled(fixedRate = 60000)
    void tick() {
        for (Passenger passenger : passengers) {
            addTime(passenger, true); // want "every 1 min × each of `this.passengers` × 1 UPDATE on `passengers` .*`true` given for `persist`"
        }
        for (Passenger passenger : passengers) {
            addTime(passenger, false);
        }
    }

    private void addTime(Passenger passenger, boolean persist) {
        passenger.time++;
        if (persist) {
            jdbc.update("UPDATE passengers SET time = ? WHERE id = ?", passenger.time, passenger.id);
        }
    }

    @PostMapping("/boarding")
    void board(List<Passenger> boarding) {
        boarding.forEach(passenger -> jdbc.update("INSERT INTO aboard VALUES (?)", passenger.id)); // want "each request to `/boarding` × each of `boarding` × 1 INSERT on `aboard`"
    }

    @GetMapping("/names")
    List<String> names(List<Integer> ids) {
        return ids.stream().map(id -> name(id)).toList(); // want "each of `ids` × 1 SELECT on `people`"
    }

    private String name(int id) {
        return jdbc.queryForObject("SELECT name FROM people WHERE id = ?", String.class, id);
    }

    @Scheduled(cron = "0 0 4 * * *")
    void notifyPorts() {
        List<String> ports = ports();
        for (int i = 0; i < ports.size(); i++) {
            rest.postForObject(ports.get(i), null, String.class); // want "every `0 0 4 \* \* \*` × each of `ports` × 1 call of `RestTemplate.postForObject`"
        }
    }

    private List<String> ports() {
        return List.of();
    }
}

class Passenger {
    int id;
    int time;
}
