package quay;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Visits {
    private final JdbcTemplate jdbc;

    Visits(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @PostMapping("/close")
    void close(@RequestBody List<Long> ids) {
        if (ids.size() > 20) {
            throw new IllegalArgumentException("at most 20");
        }
        for (Long id : ids) {
            jdbc.update("DELETE FROM visits WHERE id = ?", id); // want-info "No more than a few are let through\.$"
        }
    }

    @PostMapping("/drop")
    void dropAll(@RequestBody List<Long> ids) {
        if (ids.size() > 0) {
            for (Long id : ids) {
                jdbc.update("DELETE FROM visits WHERE id = ?", id); // want-info "Somebody changes something with it, and does so now and then\.$"
            }
        }
    }
}
