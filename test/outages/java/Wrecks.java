package roads;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;

/** What is fitted to which ship. Unlike a monitor, a stamped lock lets nobody in twice. */
class Wrecks {
  private final StampedLock lock = new StampedLock();
  private final Map<String, List<String>> modules = new HashMap<>();

  void addModule(String ship, String module) {
    long stamp = lock.writeLock(); // want-step reentrant-lock "again"
    try {
      modules.computeIfAbsent(ship, key -> new ArrayList<>()).add(module);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  void start() {
    long stamp = lock.writeLock(); // want-step reentrant-lock
    try {
      load(); // want reentrant-lock "`start` holds `Wrecks\.lock` and calls `load`, which leads to `addModule`, where it is taken again"
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private void load() {
    migrate();
    repairWrecks(); // want-step reentrant-lock
  }

  private void migrate() {
    for (List<String> fitted : modules.values()) {
      // Put in directly: calling addModule would deadlock, because start holds the lock. // want-step ignored-warning
      fitted.add("anchor");
    }
  }

  private void repairWrecks() { // want-step ignored-warning
    for (String ship : modules.keySet()) {
      addModule(ship, "hull"); // want ignored-warning "calls `Wrecks\.addModule` while it holds `Wrecks\.lock`, though", want-step reentrant-lock
    }
  }
}
