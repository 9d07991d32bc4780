package harbour;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

class Beacons {
    private final Map<TenantId, Integer> lit = new ConcurrentHashMap<>();
    private final Map<String, List<String>> queues = new ConcurrentHashMap<>();
    private final Map<String, Integer> callers = new ConcurrentHashMap<>();
    private final Map<String, Integer> connectors = new ConcurrentHashMap<>();

    @PostMapping("/beacons")
    void light(@RequestParam TenantId owner, @RequestParam String topic, @RequestParam String caller) {
        lit.put(owner, 1); // want-info "There are few keys, by their name\.$"
        queues.computeIfAbsent(topic, name -> List.of()); // want-info "There are few keys, by their name\.$"
        callers.merge(caller, 1, Integer::sum); // want "`Beacons.callers` only ever grows"
        connect(caller);
    }

    private void connect(String connectorType) {
        connectors.computeIfAbsent(connectorType, name -> 1);
    }
}

record TenantId(String id) {}
