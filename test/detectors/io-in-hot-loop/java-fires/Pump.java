package pump;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;

class Pump {
  private final JdbcTemplate jdbc = new JdbcTemplate();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private List<String> wells;

  void start() {
    timer.scheduleAtFixedRate(this::measure, 0, 10, TimeUnit.SECONDS);
    new Thread(this::loop).start();
  }

  void measure() {
    for (String well : wells) {
      jdbc.update("UPDATE wells SET depth = 1 WHERE id = ?", well); // want "every 10 s × each of `this.wells` × 1 UPDATE on `wells`"
    }
  }

  void loop() {
    while (true) {
      drain();
      try { Thread.sleep(60_000L); } catch (InterruptedException e) { return; }
    }
  }

  void drain() {
    for (String well : wells) {
      jdbc.update("UPDATE wells SET empty = 1 WHERE id = ?", well); // want "every 1 min × each of `this.wells`"
    }
  }
}

class Nets {
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;

    Nets(org.springframework.jdbc.core.JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @org.springframework.web.bind.annotation.PostMapping("/nets")
    void mend(java.util.Iterator<String> nets) {
        while (nets.hasNext()) {
            jdbc.update("UPDATE nets SET torn = false WHERE name = ?", nets.next()); // want "each of `nets` × 1 UPDATE on `nets`"
        }
    }
}
