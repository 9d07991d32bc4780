package harbour;

import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whoever writes waits for others who write; readers take no lock. */
public class Manifests {
  private final Map<String, String> entries = new ConcurrentHashMap<>();
  private final Connection connection;

  public Manifests(Connection connection) {
    this.connection = connection;
  }

  public String get(String ship) {
    return entries.get(ship);
  }

  public void put(String ship, String goods) throws Exception {
    synchronized (this) {
      connection.prepareStatement("UPDATE manifests SET goods = ?").executeUpdate(); // want-info "`put` holds `Manifests` .* Nobody is seen to come often for what is in memory alone"
      entries.put(ship, goods);
    }
  }

  public void remove(String ship) throws Exception {
    synchronized (this) {
      connection.prepareStatement("DELETE FROM manifests WHERE ship = ?").executeUpdate();
      entries.remove(ship);
    }
  }
}
