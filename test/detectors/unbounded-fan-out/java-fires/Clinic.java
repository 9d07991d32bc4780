package clinic;

import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

class Clinic {
    private final JdbcTemplate jdbc;
    private final KafkaTemplate<String, String> kafka;
    private List<Nurse> nurses;

    Clinic(JdbcTemplate jdbc, KafkaTemplate<String, String> kafka) {
        this.jdbc = jdbc;
        this.kafka = kafka;
    }

    @PostMapping("/alarms")
    void alarm(@RequestParam String room) {
        for (Nurse nurse : nurses) {
            call(nurse, room); // want "Each request to `/alarms` makes 1 INSERT on `calls` for each of `this.nurses`.* no cooldown or rate limit, no de-duplication, no cap and no expiry"
        }
    }

    private void call(Nurse nurse, String room) {
        jdbc.update("INSERT INTO calls (nurse, room) VALUES (?, ?)", nurse.id, room);
    }

    @PostMapping("/shifts")
    void shift(@RequestParam String ward) {
        List<Nurse> onDuty = onDuty(ward);
        onDuty.forEach(nurse -> kafka.send("shifts", nurse.id)); // want "Each request to `/shifts` sends 1 message .*for each of `onDuty`"
    }

    @PostMapping("/rounds")
    void rounds(@RequestParam String ward) {
        for (String id : jdbc.queryForList("SELECT id FROM patients WHERE ward = ?", String.class, ward)) {
            jdbc.update("INSERT INTO rounds (patient) VALUES (?)", id); // want "Each request to `/rounds` makes 1 INSERT on `rounds`"
        }
    }

    @PostMapping("/visits")
    void visits(@RequestParam String ward) {
        for (Nurse nurse : onDuty(ward)) {
            new Thread(() -> call(nurse, ward)).start(); // want "Each request to `/visits` starts 1 thread for each of `onDuty"
        }
    }

    private List<Nurse> onDuty(String ward) {
        return jdbc.query("SELECT * FROM nurses WHERE ward = ?", Nurse::of, ward);
    }
}

class Nurse {
    String id;

    static Nurse of(Object row, int number) {
        return new Nurse();
    }
}
