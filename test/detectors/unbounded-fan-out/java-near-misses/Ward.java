package clinic;

import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Ward {
    private final ApplicationEventPublisher events;
    private List<String> nurses;

    Ward(ApplicationEventPublisher events) {
        this.events = events;
    }

    // Whoever listens is called at once: nothing is sent.
    @PostMapping("/handover")
    void handOver() {
        for (String nurse : nurses) {
            events.publishEvent(nurse);
        }
    }
}
