import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

class Observatory {
  private final Object lock = new Object();
  private final Object roof = new Object();
  private Statement statement;
  private volatile ResultSet charts;
  private ResultSet plan;
  private ResultSet weather;
  private int visitors;

  ResultSet charts() throws SQLException {
    if (charts == null) {
      synchronized (lock) {
        if (charts == null) {
          charts = statement.executeQuery("SELECT * FROM charts"); // want-info "`charts` holds `Observatory.lock` .* It is done once, by whoever comes first: afterwards `charts` is set\.$"
        }
      }
    }
    return charts;
  }

  void enter() {
    synchronized (lock) {
      visitors++;
    }
  }

  synchronized ResultSet plan() throws SQLException {
    if (this.plan != null) {
      return this.plan;
    }
    this.plan = statement.executeQuery("SELECT * FROM rooms"); // want-info "`plan` holds `Observatory` .* afterwards `plan` is set\.$"
    return this.plan;
  }

  synchronized int visitors() {
    return visitors;
  }

  ResultSet weather() throws SQLException {
    synchronized (roof) {
      if (weather == null) {
        weather = statement.executeQuery("SELECT * FROM weather"); // want "`weather` holds `Observatory.roof` .* waits? as long\.$"
      }
      return weather;
    }
  }

  boolean isKnown() {
    synchronized (roof) {
      return weather != null;
    }
  }

  void forget() {
    synchronized (roof) {
      weather = null;
    }
  }
}
