import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class BeeController {
  private final JdbcTemplate jdbc;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<Long> told = ConcurrentHashMap.newKeySet();

  BeeController(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @PostMapping("/hives/{hive}/swarm")
  void swarm(@PathVariable Long hive) {
    for (String keeper : jdbc.queryForList("SELECT url FROM subscribers WHERE hive = ?", String.class, hive)) {
      http.sendAsync(HttpRequest.newBuilder(URI.create(keeper)).build(), HttpResponse.BodyHandlers.discarding()); // want "starts 1 request for each of"
    }
  }

  // What has been told is not told again.
  @PostMapping("/hives/{hive}/moved")
  void moved(@PathVariable Long hive) {
    if (!told.add(hive)) {
      return;
    }
    for (String keeper : jdbc.queryForList("SELECT url FROM subscribers WHERE hive = ?", String.class, hive)) {
      http.sendAsync(HttpRequest.newBuilder(URI.create(keeper)).build(), HttpResponse.BodyHandlers.discarding());
    }
  }
}
