import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.jms.MessageProducer;

class Rigging {
  private final Map<String, byte[]> knots = new HashMap<>();
  private Statement statement;

  synchronized void loadPlugin(String name) throws SQLException {
    statement.executeUpdate("INSERT INTO plugins"); // want-info "`loadPlugin` holds `Rigging` .* configured anew, which is seldom\.$"
    knots.put(name, new byte[0]);
  }

  synchronized void splice(String name) throws SQLException {
    statement.executeUpdate("INSERT INTO knots"); // want "`splice` holds `Rigging` .* wait as long\.$"
    knots.put(name, new byte[0]);
  }

  synchronized byte[] read(String name) throws IOException {
    URL place = Rigging.class.getResource(name);
    try (InputStream in = place.openStream()) {
      return knots.put(name, in.readAllBytes());
    }
  }

  synchronized int count() {
    return knots.size();
  }

  synchronized boolean has(String name) {
    return knots.containsKey(name);
  }
}

/** Of all who come on a new day one writes down the last. */
class DayBook {
  private final AtomicInteger lastDay = new AtomicInteger();
  private final Map<String, Integer> visits = new HashMap<>();
  private Statement statement;

  private void turn(int today) throws SQLException {
    if (lastDay.getAndSet(today) != today) {
      statement.executeUpdate("INSERT INTO days");
    }
  }

  synchronized void visit(String who, int today) throws SQLException {
    turn(today); // want-info "`visit` holds `DayBook` .* It is done once for each change of a value, by whoever sees that first\.$"
    visits.put(who, today);
  }

  synchronized int visits() {
    return visits.size();
  }

  synchronized boolean knows(String who) {
    return visits.containsKey(who);
  }
}

/** Two at a time would load the same holds. */
class Stowage {
  private final Map<String, Integer> holds = new HashMap<>();
  private Statement statement;

  void stow(String hold) throws SQLException {
    // Prevent two stowers from running in parallel by using the object as a mutex.
    synchronized (this) {
      statement.executeUpdate("UPDATE holds"); // want-info "`stow` holds `Stowage` .* A comment says that the lock lets one at a time through on purpose\.$"
      holds.put(hold, 1);
    }
  }

  synchronized int holds() {
    return holds.size();
  }

  synchronized boolean has(String hold) {
    return holds.containsKey(hold);
  }
}

class Signals {
  static final String ADDRESS = "vm://signals";
  private final Map<String, Integer> sent = new HashMap<>();
  private MessageProducer producer;

  synchronized void signal(String flag) throws Exception {
    producer.send(null); // want-info "`signal` holds `Signals` .* The broker of messages runs in the same process\.$"
    sent.put(flag, 1);
  }

  synchronized int sent() {
    return sent.size();
  }

  synchronized boolean has(String flag) {
    return sent.containsKey(flag);
  }
}
