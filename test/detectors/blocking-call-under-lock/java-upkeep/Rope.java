import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;

class Rope {
  private final Map<String, byte[]> pieces = new HashMap<>();

  synchronized byte[] read(String name) throws IOException {
    URL place = new URL(name);
    try (InputStream in = place.openStream()) { // want "`read` holds `Rope` while it goes to the network"
      return pieces.put(name, in.readAllBytes());
    }
  }

  synchronized int count() {
    return pieces.size();
  }

  synchronized boolean has(String name) {
    return pieces.containsKey(name);
  }
}
