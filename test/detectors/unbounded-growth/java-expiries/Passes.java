package passes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class PassTable {
    private final JdbcTemplate jdbc;

    PassTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void keep(String ship, String body) {
        jdbc.update("INSERT INTO passes (ship, body) VALUES (?, ?)", ship, body);
    }

    void keepUntil(String ship, String body, Instant until) {
        jdbc.update("INSERT INTO permits (ship, body, expires_at) VALUES (?, ?, ?)", ship, body, until);
    }

    void find(String body) {
        jdbc.queryForList("SELECT ship FROM passes WHERE body = ?", body);
    }
}

@RestController
class Passes {
    private final PassTable table;
    private final ObjectMapper mapper = new ObjectMapper();

    Passes(PassTable table) {
        this.table = table;
    }

    @PostMapping("/passes")
    void pass(String ship) throws JsonProcessingException {
        Map<String, Object> body = new HashMap<>();
        body.put("gate", 4);
        body.put("expiresAt", Instant.now().plusSeconds(60).toString());
        table.keep(ship, mapper.writeValueAsString(body)); // want "The expiry `expiresAt` of a row of `passes` is kept inside a document"
    }

    // A column has it, too.
    @PostMapping("/permits")
    void permit(String ship) throws JsonProcessingException {
        Map<String, Object> body = new HashMap<>();
        body.put("expiresAt", Instant.now().plusSeconds(60).toString());
        table.keepUntil(ship, mapper.writeValueAsString(body), Instant.now().plusSeconds(60));
    }

    // Nothing is written.
    @PostMapping("/sought")
    void find(String ship) throws JsonProcessingException {
        Map<String, Object> body = new HashMap<>();
        body.put("expiresAt", ship);
        table.find(mapper.writeValueAsString(body));
    }

    @PostMapping("/plain")
    void plain(String ship) throws JsonProcessingException {
        Map<String, Object> body = new HashMap<>();
        body.put("gate", 4);
        table.keep(ship, mapper.writeValueAsString(body));
    }
}
