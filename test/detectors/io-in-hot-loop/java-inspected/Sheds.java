import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Sheds {
  record Tool(String name, String owner) {}

  private final JdbcTemplate jdbc;

  Sheds(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  // Each is asked about and written, for as many as whoever asks has sent.
  @PostMapping("/tools/lend")
  void lend(@RequestBody List<Tool> tools) {
    for (Tool tool : tools) {
      jdbc.queryForObject("SELECT count(*) FROM tools WHERE name = ?", Integer.class, tool.name());
      jdbc.update("INSERT INTO loans (tool) VALUES (?)", tool.name()); // want "each of `tools` × 1 INSERT on `loans`\.$"
    }
  }

  @PostMapping("/tools/mark")
  void mark(@RequestBody List<Tool> tools) {
    for (Tool tool : tools) {
      jdbc.update("UPDATE tools SET marked = true WHERE name = ?", tool.name()); // want-info "Somebody changes something with it, and does so now and then\.$"
    }
  }
}
