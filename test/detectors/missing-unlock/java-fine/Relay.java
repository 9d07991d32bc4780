package wards;

import java.util.concurrent.locks.ReentrantLock;

/** Two threads go in turns: who has read all gives the lock back before it waits for more. */
public class Relay {
  private final ReentrantLock baton = new ReentrantLock(true);
  private int rest;

  public int read() throws InterruptedException {
    while (rest == 0) {
      if (baton.isHeldByCurrentThread()) {
        baton.unlock();
      }
      baton.lockInterruptibly();
    }
    return rest--;
  }
}
