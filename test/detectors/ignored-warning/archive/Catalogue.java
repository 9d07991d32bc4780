package archive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

class Catalogue {
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock other = new ReentrantLock();
  private final List<String> cards = new ArrayList<>();

  /** Callers must hold {@code lock}. */
  private void file(String card) {
    cards.add(card);
  }

  void add(String card) {
    lock.lock();
    try {
      file(card);
      fileAll();
    } finally {
      lock.unlock();
    }
  }

  private void fileAll() {
    file("all");
  }

  /** Must not be called while holding lock. */
  void print() {}

  void printAll() {
    print();
    other.lock();
    try {
      print();
    } finally {
      other.unlock();
    }
  }
}
