package clinic;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

class Clinic {
    private static final int MAX_CALLS = 10;
    private final JdbcTemplate jdbc;
    private List<String> nurses;

    Clinic(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @PostMapping("/counted")
    void counted(@RequestParam String ward) {
        List<String> onDuty = onDuty(ward);
        if (onDuty.size() > MAX_CALLS) {
            throw new IllegalArgumentException("too many");
        }
        for (String nurse : onDuty) {
            jdbc.update("INSERT INTO calls (nurse) VALUES (?)", nurse);
        }
    }

    @PostMapping("/limit")
    void limit(@RequestParam String ward) {
        for (String nurse : onDuty(ward).subList(0, 5)) {
            jdbc.update("INSERT INTO calls (nurse) VALUES (?)", nurse);
        }
    }

    @PostMapping("/own")
    void own(@RequestBody CallRequest request) {
        for (String nurse : request.nurses) {
            jdbc.update("INSERT INTO calls (nurse) VALUES (?)", nurse);
        }
    }

    @PostMapping("/cooled")
    void cooled(@RequestParam String ward) {
        checkCooldown(ward);
        for (String nurse : nurses) {
            jdbc.update("INSERT INTO calls (nurse) VALUES (?)", nurse);
        }
    }

    private void checkCooldown(String ward) {}

    @PostMapping("/once")
    void once(@RequestParam String ward) {
        for (String nurse : nurses) {
            jdbc.update("INSERT INTO calls (nurse, expires_at) VALUES (?, now()) ON CONFLICT DO NOTHING", nurse);
        }
    }

    private List<String> onDuty(String ward) {
        return jdbc.queryForList("SELECT id FROM nurses WHERE ward = ?", String.class, ward);
    }
}

class CallRequest {
    List<String> nurses;
}
