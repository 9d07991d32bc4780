import java.util.ArrayList;
import java.util.List;
import org.jetbrains.annotations.TestOnly;

class Lantern {
  private final List<String> wicks = new ArrayList<>();
  private final List<String> panes = new ArrayList<>();

  synchronized void add(String wick) {
    wicks.add(wick);
    panes.add(wick);
  }

  synchronized void trim(String wick) {
    wicks.remove(wick);
    panes.remove(wick);
  }

  synchronized int count() {
    return wicks.size() + panes.size();
  }

  @TestOnly
  void forget() {
    wicks.clear();
  }

  void swap(String pane) {
    panes.add(pane); // want "`swap` changes `Lantern.panes` without `Lantern`"
  }
}
