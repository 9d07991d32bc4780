package harbour;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;

/** A beacon says where it stands; others are asked where they do. */
public class Beacon {
  private final Map<String, String> known = new HashMap<>();

  public synchronized int count() {
    return known.size();
  }

  public synchronized String placeOf(String name) {
    return known.get(name);
  }

  public synchronized void tell() throws UnknownHostException {
    known.put("own", InetAddress.getLocalHost().toString()); // want-info "`tell` holds `Beacon` .* The machine mostly knows its own name without asking others\.$"
  }

  public synchronized void ask(String name) throws UnknownHostException {
    known.put(name, InetAddress.getByName(name).toString()); // want "`ask` holds `Beacon` .* wait as long\.$"
  }
}
