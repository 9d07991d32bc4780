package roads;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class World {
  private final JdbcTemplate jdbc;
  private final Map<String, Integer> prices = new HashMap<>();
  private final Map<String, Player> online = new HashMap<>();

  World(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @PostMapping("/report")
  void report(String harbour, int price) {
    synchronized (this) {
      prices.put(harbour, price); // want-step guarded-value-escapes-lock, want unbounded-growth
    }
  }

  @GetMapping("/intel")
  Map<String, Integer> intel() {
    synchronized (this) {
      return prices; // want guarded-value-escapes-lock
    }
  }

  @Scheduled(fixedRate = 60000)
  void countTime() {
    for (Player player : everybody()) {
      addTime(player, 60, true); // want io-in-hot-loop "UPDATE on `players`"
    }
  }

  private synchronized List<Player> everybody() {
    return List.copyOf(online.values());
  }

  private void addTime(Player player, int seconds, boolean persist) {
    player.timePlayed += seconds;
    if (persist) {
      jdbc.update("UPDATE players SET time_played = ? WHERE id = ?", player.timePlayed, player.id); // want-step io-in-hot-loop
    }
  }

  static class Player {
    String id;
    int timePlayed;
  }
}
