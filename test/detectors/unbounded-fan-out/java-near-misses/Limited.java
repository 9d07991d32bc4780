package clinic;

import io.github.resilience4j.ratelimiter.annotation.RateLimiter;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;

class Limited {
    private final JdbcTemplate jdbc;
    private List<String> nurses;

    Limited(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @RateLimiter(name = "alarms")
    @PostMapping("/alarms")
    void alarm() {
        for (String nurse : nurses) {
            jdbc.update("INSERT INTO calls (nurse) VALUES (?)", nurse);
        }
    }
}
