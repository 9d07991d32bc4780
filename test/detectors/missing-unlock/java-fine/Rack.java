package wards;

import java.util.concurrent.locks.ReentrantLock;

public class Rack {
  private final ReentrantLock shelf = new ReentrantLock();
  private int rest;

  public int take(boolean last) {
    shelf.lock();
    if (rest == 0) {
      shelf.unlock();
      return 0;
    }
    if (last) {
      return rest; // want "still locked"
    }
    shelf.unlock();
    return rest;
  }
}
