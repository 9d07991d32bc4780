package archive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

class Archive {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<String> boxes = new ArrayList<>();

  Archive() {
    shelve("first");
  }

  /** Puts a box on the shelf. Callers must hold {@code lock}. */
  private void shelve(String box) {
    boxes.add(box);
  }

  void add(String box) {
    lock.lock();
    try {
      shelve(box);
    } finally {
      lock.unlock();
    }
  }

  void addUnseen(String box) {
    shelve(box); // want "`addUnseen` calls `Archive.shelve` without holding `Archive.lock`"
  }

  void addLate(String box) {
    lock.lock();
    boxes.clear();
    lock.unlock();
    shelve(box); // want "without holding `Archive.lock`"
  }

  /** Tells the readers. Must not be called with the lock held, since readers call back. */
  void announce() {}

  void open() {
    lock.lock();
    try {
      announce(); // want "`open` calls `Archive.announce` while it holds `Archive.lock`"
    } finally {
      lock.unlock();
    }
  }

  synchronized void sort() {
    // Calling close() here would deadlock: it waits for a reader that wants this monitor.
    boxes.sort(null);
  }

  void close() {
    synchronized (this) {
      boxes.clear();
    }
  }

  synchronized void merge() {
    close(); // want "`merge` calls `Archive.close` while it holds `Archive`"
  }
}
