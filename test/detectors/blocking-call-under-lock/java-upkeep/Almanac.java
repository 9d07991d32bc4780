import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is kept under one key is made by whoever asks first, and all others want the same. */
class Almanac {
  private static final String COUNT_KEY = "COUNT";
  private final Map<String, Object> countCache = new HashMap<>();
  private final Object pages = new Object();
  private Statement statement;

  int pageCount() throws SQLException {
    synchronized (pages) {
      Integer count = countFromCache();
      if (count == null) {
        count = statement.executeUpdate("COUNT pages"); // want-info "`pageCount` holds `Almanac.pages` .* It is done by whoever comes first: then it is kept for all others, who want the same\.$"
        saveCountInCache(count);
      }
      return count;
    }
  }

  List<String> tidesOf(String port) throws SQLException {
    synchronized (pages) {
      List<String> tides = tidesFromCache(port);
      if (tides == null) {
        tides = new ArrayList<>();
        ResultSet rows = statement.executeQuery("SELECT * FROM tides"); // want "`tidesOf` holds `Almanac.pages` .* wait as long\.$"
        while (rows.next()) {
          tides.add(rows.getString(1));
        }
        saveTidesInCache(port, tides);
      }
      return tides;
    }
  }

  private Integer countFromCache() {
    return (Integer) countCache.get(COUNT_KEY);
  }

  private void saveCountInCache(Integer count) {
    countCache.put(COUNT_KEY, count);
  }

  @SuppressWarnings("unchecked")
  private List<String> tidesFromCache(String port) {
    return (List<String>) countCache.get(port);
  }

  private void saveTidesInCache(String port, List<String> tides) {
    countCache.put(port, tides);
  }

  void forget(String port) {
    synchronized (pages) {
      countCache.remove(port);
    }
  }

  void forgetAll() {
    synchronized (pages) {
      countCache.clear();
    }
  }
}
