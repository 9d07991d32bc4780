package harbour;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.Map;

/** One synchronized method calls another: what blocks is told where it is. */
public class Cranes {
  private final Map<Long, String> names = new HashMap<>();
  private final Connection connection;

  public Cranes(Connection connection) {
    this.connection = connection;
  }

  public synchronized String name(long id) throws Exception {
    return load(id, false);
  }

  public synchronized String load(long id, boolean again) throws Exception {
    if (again || !names.containsKey(id)) {
      PreparedStatement query = connection.prepareStatement("SELECT name FROM cranes WHERE id = ?");
      query.executeQuery(); // want "`load` holds `Cranes` while it"
    }
    return names.get(id);
  }

  public synchronized int count() {
    return names.size();
  }
}
