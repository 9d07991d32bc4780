import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

class Deliveries {
  record Line(String crate, int count) {}

  record Delivery(String id, List<Line> lines) {}

  private final JdbcTemplate jdbc;
  private final List<Delivery> open;
  private final String text;

  Deliveries(JdbcTemplate jdbc, List<Delivery> open, String text) {
    this.jdbc = jdbc;
    this.open = open;
    this.text = text;
  }

  void add(Delivery delivery) {
    open.add(delivery);
  }

  // Lines of a delivery are things, those of a text are not.
  @Scheduled(fixedRate = 2000)
  void count() {
    for (Delivery delivery : open) {
      delivery.lines().forEach(line -> jdbc.update("UPDATE crates SET held = ? WHERE id = ?", line.count(), line.crate())); // want "each of `this\.open` × each of `delivery.lines\(\)` × 1 UPDATE on `crates`"
    }
    text.lines().forEach(line -> jdbc.update("UPDATE notes SET read = true WHERE note = ?", line));
  }
}
