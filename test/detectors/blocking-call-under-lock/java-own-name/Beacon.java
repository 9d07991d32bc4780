package harbour;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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

  public synchronized void ask(String name) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(name, 7)); // want "`ask` holds `Beacon` .* wait as long\.$"
    known.put(name, socket.toString());
  }
}
