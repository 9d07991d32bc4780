package roads;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.PostConstruct;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class World {
  private final JdbcTemplate jdbc;
  private final Map<String, Player> online = new HashMap<>();

  World(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Scheduled(fixedRate = 60000)
  void countTime() { // want-step io-in-hot-loop
    for (Player player : everybody()) { // want-step io-in-hot-loop
      addTime(player, 60, true); // want io-in-hot-loop "every 1 min × each of `everybody\(\)` × 1 UPDATE on `players` \(through `World\.addTime`\).*The `true` given for `persist`"
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

  @PostMapping("/distress")
  void distress(String harbour, String ship) { // want-step unbounded-fan-out, want-step io-in-hot-loop
    for (String pilot : jdbc.queryForList("SELECT id FROM pilots WHERE harbour = ?", String.class, harbour)) { // want-step unbounded-fan-out, want-step io-in-hot-loop
      jdbc.update("INSERT INTO missions (pilot, ship) VALUES (?, ?)", pilot, ship); // want unbounded-fan-out "Each request to `/distress` makes 1 INSERT on `missions`", want io-in-hot-loop "each request to `/distress` × each of `this\.jdbc\.queryForList\(\"SELECT id FROM pilots WHERE harbour…` × 1 INSERT on `missions`", want-step unbounded-growth
    }
  }

  @PostConstruct
  void loadMissions() {
    jdbc.queryForList("SELECT pilot, ship FROM missions"); // want unbounded-growth "At start-up the whole table `missions` is read"
  }

  static class Player {
    String id;
    int timePlayed;
  }
}
