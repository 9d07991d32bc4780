package harbour;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

class Relays {
    private final Map<String, String> chosen = new ConcurrentHashMap<>();
    private final Map<String, Integer> masts = new ConcurrentHashMap<>();
    private final Map<String, Integer> weights = new ConcurrentHashMap<>();
    private final Map<String, String> askers = new ConcurrentHashMap<>();

    @PostMapping("/relays")
    void choose(@RequestParam String relayServerUrl, @RequestParam String environment, @RequestParam String tag, @RequestParam String address) {
        chosen.put(relayServerUrl, "up"); // want-info "There is one for each server, and those are few\.$"
        masts.put(environment, 1); // want-info "There are few keys, by their name\.$"
        weights.put(tag, 1); // want-info "There are few keys, by their name\.$"
        askers.put(address, "up"); // want "`Relays.askers` only ever grows"
    }
}
