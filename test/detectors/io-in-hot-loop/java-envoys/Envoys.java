package envoys;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;

class Envoy {
    long id;
    boolean late;
    String state;

    boolean isLate() {
        return late && state.equals("SENT");
    }
}

class Mission {
    List<Envoy> envoys;
    List<String> letters;
    Plan plan;
}

class Plan {
    List<Envoy> stand;
}

class Envoys {
    private final JdbcTemplate jdbc;

    Envoys(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    // What somebody gives is compared with what is there.
    @PutMapping("/letters")
    void check(@RequestBody Mission mission) {
        for (String letter : mission.letters) {
            jdbc.queryForObject("SELECT id FROM letters WHERE name = ?", Long.class, letter); // want-info "They are parts of the one thing that a request brings along\.$"
        }
    }

    @PutMapping("/envoys")
    void send(@RequestBody Mission mission) {
        for (Envoy envoy : mission.envoys) {
            jdbc.update("UPDATE envoys SET state = 'SENT' WHERE id = ?", envoy.id); // want-info "They are parts of the one thing that a request brings along\.$"
        }
    }

    // Parts of a part of what one request is about.
    @PutMapping("/plan")
    void plan(@RequestBody Mission mission) {
        for (Envoy envoy : mission.plan.stand) {
            jdbc.update("UPDATE envoys SET state = 'PLANNED' WHERE id = ?", envoy.id); // want-info "Nothing shows that these are many: .*\.$"
        }
    }

    // What is late is written once, and given back as it is otherwise.
    @GetMapping("/envoys")
    List<Envoy> overview() {
        List<Envoy> envoys = jdbc.query("SELECT * FROM envoys", new EnvoyMapper());
        for (Envoy envoy : envoys) {
            settle(envoy); // want-info "Further on, it comes to this only under a condition\.$"
        }
        return envoys;
    }

    @GetMapping("/courts")
    void courts() {
        List<Long> environments = jdbc.queryForList("SELECT id FROM courts", Long.class);
        for (long environment : environments) {
            jdbc.queryForObject("SELECT name FROM courts WHERE id = ?", String.class, environment); // want-info "There are few of these, by their name\.$"
        }
    }

    private Envoy settle(Envoy envoy) {
        if (envoy.isLate()) {
            envoy.state = "LOST";
            jdbc.update("UPDATE envoys SET state = 'LOST' WHERE id = ?", envoy.id);
            return envoy;
        } else {
            return envoy;
        }
    }
}
