package harbour;

import java.util.HashMap;
import java.util.Map;
import org.springframework.cache.Cache;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Who provides Spring's cache is not known: it mostly is a map in memory. */
public class Tides {
  private final Map<String, Integer> asked = new HashMap<>();
  private final Cache cache;

  public Tides(Cache cache) {
    this.cache = cache;
  }

  public synchronized void keep(String day, String tide) {
    asked.merge(day, 1, Integer::sum);
    cache.put(day, tide);
  }

  public synchronized int count() {
    return asked.size();
  }

  public synchronized boolean has(String day) {
    return asked.containsKey(day);
  }
}

/** Redis is asked over the network. */
class Currents {
  private final Map<String, Integer> asked = new HashMap<>();
  private final StringRedisTemplate redis;

  Currents(StringRedisTemplate redis) {
    this.redis = redis;
  }

  public synchronized void keep(String day, String current) {
    asked.merge(day, 1, Integer::sum);
    redis.opsForValue().set(day, current); // want "`keep` holds `Currents` while it goes to the network"
  }

  public synchronized int count() {
    return asked.size();
  }

  public synchronized boolean has(String day) {
    return asked.containsKey(day);
  }
}
