package harbour;

import java.util.HashMap;
import java.util.Map;

/** A thread that was told to end is over soon. */
public class Watches {
  private final Map<Long, String> names = new HashMap<>();
  private final Object guard = new Object();
  private Thread lookout;

  public void relieve() throws InterruptedException {
    synchronized (guard) {
      lookout.interrupt();
      lookout.join(); // want-info "`relieve` holds `Watches.guard` .* told to end just before\.$"
      names.clear();
    }
  }

  public void await() throws InterruptedException {
    synchronized (guard) {
      Thread.sleep(60_000); // want "`await` holds `Watches.guard` .* waits? as long\.$"
      names.clear();
    }
  }

  public String nameOf(long watch) {
    synchronized (guard) {
      return names.get(watch);
    }
  }

  public int count() {
    synchronized (guard) {
      return names.size();
    }
  }
}
