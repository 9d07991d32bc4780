package harbour;

import java.util.ArrayList;
import java.util.List;

interface Reporter {
  String report();
}

/** Asks those below it, which are reporters as well: the monitor of one and that of another, always from above. */
abstract class Station implements Reporter {
  private final List<Reporter> below = new ArrayList<>();
  private String last = "";

  public synchronized String report() {
    StringBuilder all = new StringBuilder(last);
    for (Reporter reporter : below) {
      synchronized (reporter) {
        all.append(reporter.report());
      }
    }
    last = all.toString();
    return last;
  }

  public synchronized void add(Reporter reporter) {
    below.add(reporter);
  }
}

class Lighthouse extends Station {
}
