import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;

public class Passenger implements Externalizable {
  private int trunks = 0;

  public synchronized void check() {
    trunks++;
  }

  public synchronized void collect() {
    trunks--;
  }

  public synchronized int trunks() {
    return trunks;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    synchronized (this) {
      out.writeInt(trunks);
    }
  }

  /** Of an object that has just been made. */
  @Override
  public void readExternal(ObjectInput in) throws IOException {
    trunks = in.readInt();
  }
}
