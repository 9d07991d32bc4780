package harbour;

import java.util.ArrayList;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Lighthouse {
    private final List<String> signals = new ArrayList<>();
    private final List<String> sightings = new ArrayList<>();

    @PostMapping("/signal")
    void signal(@RequestParam String text) {
        signals.add(text);
    }

    @PostMapping("/sight")
    void sight(@RequestParam String ship) {
        sightings.add(ship); // want "`Lighthouse.sightings` only ever grows"
    }

    List<String> getSignals() {
        return signals;
    }

    List<String> getSightings() {
        return sightings;
    }
}

class Keeper {
    private final Lighthouse lighthouse;

    Keeper(Lighthouse lighthouse) {
        this.lighthouse = lighthouse;
    }

    @Scheduled(fixedRate = 60000)
    void write() {
        List<String> written = new ArrayList<>(lighthouse.getSignals());
        lighthouse.getSignals().clear();
        System.out.println(written.size() + lighthouse.getSightings().size());
    }
}
