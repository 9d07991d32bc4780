package trawl;

/** What is read alone is an old value at worst. */
class Tally {
  private int fish;
  private volatile int nets;

  synchronized void land(int caught) {
    fish += caught;
    nets++;
  }

  synchronized void sell(int sold) {
    fish -= sold;
    nets--;
  }

  int fish() {
    return fish; // want-info "`fish` reads `Tally.fish` without `Tally`.*at worst it is an old one"
  }

  int nets() {
    return nets;
  }
}

class Board {
  private final Tally tally = new Tally();

  void show(java.io.PrintStream out) {
    tally.land(1);
    tally.sell(1);
    out.println(tally.fish() + tally.nets());
  }
}
