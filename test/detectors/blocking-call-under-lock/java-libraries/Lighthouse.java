package lighthouse;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.services.s3.S3Client;

@RestController
public class Lighthouse {
    private final Object lock = new Object();
    private final Map<String, String> logs = new HashMap<>();
    private S3Client s3;

    @PostMapping("/logs")
    public void keep(@RequestParam String id) {
        synchronized (lock) {
            logs.put(id, id);
            s3.putObject(b -> b.bucket("logs").key(id), null); // want "`keep` holds `Lighthouse.lock` while it goes to the network"
        }
    }

    // A client that is made asks nobody yet.
    @DeleteMapping("/logs")
    public void renew() {
        synchronized (lock) {
            s3 = S3Client.builder().build();
        }
    }

    @GetMapping("/logs")
    public String log(@RequestParam String id) {
        synchronized (lock) {
            return logs.get(id);
        }
    }
}

@RestController
class Tower {
    private final Object lock = new Object();
    private final Map<String, String> seen = new HashMap<>();
    private Tides tides;

    @PostMapping("/tides")
    public void look(@RequestParam String id) {
        synchronized (lock) {
            seen.put(id, tides.now(id)); // want "`look` holds `Tower.lock` while it goes to the network"
        }
    }

    @GetMapping("/tides")
    public String tide(@RequestParam String id) {
        synchronized (lock) {
            return seen.get(id);
        }
    }

    @DeleteMapping("/tides")
    public void forget(@RequestParam String id) {
        synchronized (lock) {
            seen.remove(id);
        }
    }
}

@FeignClient("tides")
interface Tides {
    @GetMapping("/now")
    String now(String id);
}

@RestController
class Pier {
    private final Object lock = new Object();
    private final Map<String, String> moored = new HashMap<>();
    private final Semaphore berths = new Semaphore(8);

    @PostMapping("/ships")
    public void moor(@RequestParam String id) throws InterruptedException {
        synchronized (lock) {
            berths.acquire(); // want "`moor` holds `Pier.lock` while it waits for a place in `Pier.berths`"
            moored.put(id, id);
        }
    }

    // Who only tries waits for nobody.
    @DeleteMapping("/ships")
    public boolean tryMoor(@RequestParam String id) {
        synchronized (lock) {
            return berths.tryAcquire() && moored.put(id, id) == null;
        }
    }

    @GetMapping("/ships")
    public String ship(@RequestParam String id) {
        synchronized (lock) {
            return moored.get(id);
        }
    }
}
