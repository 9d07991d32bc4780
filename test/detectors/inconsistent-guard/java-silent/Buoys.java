package harbour;

import java.util.ArrayList;
import java.util.List;

/** The list is named without the lock, and gone over by what takes it. */
public class Buoys {
  private final List<String> lit = new ArrayList<>();

  public synchronized void light(String name) {
    lit.add(name);
  }

  public synchronized void dim(String name) {
    lit.remove(name);
  }

  public synchronized int count() {
    return lit.size();
  }

  public void night() {
    check(lit);
  }

  private synchronized void check(List<String> names) {
    for (String name : names) System.out.println(name);
  }
}
