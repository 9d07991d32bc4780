package pilots;

import java.util.HashMap;
import java.util.Map;
import lombok.Synchronized;
import org.springframework.web.client.RestTemplate;

public class Pilots {
    private final Map<String, String> names = new HashMap<>();
    private final RestTemplate rest = new RestTemplate();
    private final Object lock = new Object();
    private int asked;

    @Synchronized
    public String call(String id) {
        String name = rest.getForObject("https://pilots.example/" + id, String.class); // want "holds `Pilots` while it goes to the network"
        names.put(id, name);
        return name;
    }

    public String look(String id) {
        String name = rest.getForObject("https://pilots.example/" + id, String.class);
        keep(id, name);
        return name;
    }

    @Synchronized
    private void keep(String id, String name) {
        names.put(id, name);
    }

    @Synchronized
    public String name(String id) {
        return names.get(id);
    }

    @Synchronized
    public int size() {
        return names.size();
    }

    @Synchronized("lock")
    public String ask(String id) {
        asked++;
        return rest.getForObject("https://pilots.example/" + id, String.class); // want "holds `Pilots.lock` while it goes to the network"
    }

    public int asked() {
        synchronized (lock) {
            return asked;
        }
    }

    public boolean isAsked() {
        synchronized (lock) {
            return asked > 0;
        }
    }
}
