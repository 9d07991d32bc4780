package lighthouse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Lighthouse {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    // Takes away its oldest elements itself, and nobody else's.
    private final Map<String, String> latest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > 100;
        }
    };
    private final Map<String, String> ships = new HashMap<>();
    private final Recent lamps = new Recent();
    // Whoever adds waits, or goes without.
    private final BlockingQueue<String> signals = new LinkedBlockingQueue<>(10);

    @PostMapping("/ships/{name}")
    public void pass(@PathVariable String name, @RequestBody String course) {
        log.add("passed: " + name); // want "`Lighthouse.log` only ever grows"
        latest.put(name, course);
        ships.put(name, course); // want "`Lighthouse.ships` only ever grows"
        lamps.put(name, course);
    }

    @PostMapping("/signals")
    public boolean signal(@RequestBody String text) {
        return signals.offer(text);
    }

    private static class Recent extends LinkedHashMap<String, String> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > 20;
        }
    }
}
