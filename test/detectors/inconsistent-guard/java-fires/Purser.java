public class Purser {
  private int coins = 0;

  public synchronized void take() {
    coins++;
  }

  public synchronized void give() {
    coins--;
  }

  public synchronized int coins() {
    return coins;
  }

  /** Reads no object in. */
  public void readObject(String label) {
    coins = label.length(); // want "`readObject` writes `Purser.coins`"
  }
}
