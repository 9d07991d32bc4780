package quay;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Quay {
    private final Bollards bollards;

    Quay(Bollards bollards) {
        this.bollards = bollards;
    }

    @PostMapping("/bollards/remove")
    void remove(@RequestBody List<Long> ids) {
        ids.forEach(bollards::deleteById); // want-info "There are as many as whoever asks has named\.$"
    }

    @PostMapping("/bollards/look")
    List<Optional<Bollard>> look(@RequestBody List<Long> ids) {
        return ids.stream().map(this.bollards::findById).toList(); // want-info "There are as many as whoever asks has named\.$"
    }

    // There is one at most.
    @PostMapping("/bollards/paint")
    void paint(@RequestBody Long id) {
        Optional<Bollard> found = bollards.findById(id);
        found.map(bollards::save);
    }
}

interface Bollards extends JpaRepository<Bollard, Long> {}

class Bollard {}
