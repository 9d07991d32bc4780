package harbour;

import java.util.HashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

interface Pilots {
    void call(String ship);
}

// One for all requests, since the controller has it.
class CachedPilots implements Pilots {
    private final Map<String, String> lastCalls = new HashMap<>();

    public void call(String ship) {
        lastCalls.put(ship, "now"); // want "`CachedPilots.lastCalls` only ever grows: each request to `/pilots` may add an element"
    }
}

class PilotDesk {
    private final Pilots pilots;

    PilotDesk(Pilots pilots) {
        this.pilots = pilots;
    }

    @PostMapping("/pilots")
    void pilot(@RequestParam String ship) {
        pilots.call(ship);
    }
}
