package bellows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

class Workshop {
    long id;
}

class Tong {
    long id;
    String mark;
}

interface WorkshopRepository extends JpaRepository<Workshop, Long> {}

interface TongRepository extends JpaRepository<Tong, Long> {}

@RestController
class Bellows {
    private static final String OLD_DRAUGHT = "draught";
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> marks = new ConcurrentHashMap<>();
    private final Set<String> blown = ConcurrentHashMap.newKeySet();
    private final WorkshopRepository workshops;
    private final TongRepository tongs;

    Bellows(WorkshopRepository workshops, TongRepository tongs) {
        this.workshops = workshops;
        this.tongs = tongs;
    }

    @PostMapping("/draught/{smith}")
    void draught(@PathVariable String smith) {
        warnOnce(OLD_DRAUGHT);
        blow(smith);
    }

    // Only what is written in the program.
    private void warnOnce(String key) {
        warned.add(key);
    }

    private void blow(String smith) {
        blown.add(smith); // want "`Bellows.blown` only ever grows: .* as they like\.$"
    }

    // There is one.
    @GetMapping("/workshop")
    Workshop workshop() {
        return workshops.findAll().stream().findFirst().orElse(null); // want-info "Only the first is taken: there is one row, or hardly more\.$"
    }

    @PostMapping("/workshop")
    void move(@RequestBody Workshop workshop) {
        workshops.save(workshop);
    }

    // What was looked up has the type of what was sent.
    @PostMapping("/tongs/mark")
    void mark(@RequestBody Tong tong) {
        Tong known = tongs.findById(tong.id).get();
        keep(known);
    }

    private void keep(Tong tong) {
        marks.put(tong.mark, tong.id); // want-info "Nothing shows that whoever asks can make up new keys\.$"
    }

    @GetMapping("/tongs")
    List<Tong> tongs() {
        return tongs.findAll(); // want "nothing in the workspace deletes any\.$"
    }

    @PostMapping("/tongs")
    void forge(@RequestBody Tong tong) {
        tongs.save(tong);
    }
}
