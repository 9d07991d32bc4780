package clinic;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

class Wards {
    private final JdbcTemplate jdbc;
    private List<Patient> patients;

    Wards(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @PostMapping("/open")
    void open(@RequestParam String name) {
        Ward ward = find(name);
        if (!ward.isClosed() && !ward.isEmpty()) {
            throw new IllegalStateException("open");
        }
        ward.setClosed(false);
        tell(name);
    }

    // Another question than what is changed.
    @PostMapping("/clean")
    void clean(@RequestParam String name) {
        Ward ward = find(name);
        if (!ward.isEmpty()) {
            throw new IllegalStateException("in use");
        }
        ward.setClosed(true);
        sweep(name);
    }

    private void tell(String ward) {
        for (Patient patient : patients) {
            jdbc.update("INSERT INTO calls (patient, ward) VALUES (?, ?)", patient.id, ward); // want-info "The state is asked for before, and changed: another request finds it changed\.$"
        }
    }

    private void sweep(String ward) {
        for (Patient patient : patients) {
            jdbc.update("INSERT INTO calls (patient, ward) VALUES (?, ?)", patient.id, ward); // want "no de-duplication, no cap and no expiry\.$"
        }
    }

    private Ward find(String name) {
        return jdbc.queryForObject("SELECT * FROM wards WHERE name = ?", Ward::of, name);
    }
}

class Ward {
    private boolean closed;

    static Ward of(Object row, int number) {
        return new Ward();
    }

    boolean isClosed() {
        return closed;
    }

    boolean isEmpty() {
        return !closed;
    }

    void setClosed(boolean closed) {
        this.closed = closed;
    }
}

class Patient {
    String id;
}
