import java.util.HashMap;
import java.util.Map;

class Berths {
  private final Map<Integer, String> owners = new HashMap<>();
  private Sessions sessions;

  synchronized String owner(int berth) {
    return owners.put(berth, sessions.become(BerthDao.class).owner(berth)); // want "`owner` holds `Berths` while it reads from the database: 3 other functions"
  }

  synchronized String named(int berth) {
    return owners.put(berth, sessions.nameOf(BerthDao.class).trim());
  }

  synchronized int count() {
    return owners.size();
  }

  synchronized boolean has(int berth) {
    return owners.containsKey(berth);
  }
}
