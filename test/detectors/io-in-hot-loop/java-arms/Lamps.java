package lamps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;

class Lamp {
    long id;
    String kind;
    boolean lit;
}

class Keeper {
    boolean awake;
}

interface LampRepository extends JpaRepository<Lamp, Long> {
    List<Lamp> findAllByKind(String kind);
}

class Lamps {
    private final LampRepository lamps;
    private final Map<String, Lamp> known = new ConcurrentHashMap<>();
    private final Map<String, Keeper> keepers = new ConcurrentHashMap<>();

    Lamps(LampRepository lamps) {
        this.lamps = lamps;
    }

    // One kind of many is asked for.
    @GetMapping("/lamps")
    List<String> all() {
        List<String> found = new ArrayList<>();
        for (Lamp lamp : known.values()) {
            describe(found, lamp); // want-info "Further on, it comes to this only under a condition\.$"
        }
        return found;
    }

    private void describe(List<String> found, Lamp lamp) {
        if ("beacon".equals(lamp.kind)) {
            found.add(String.valueOf(lamps.findAllByKind(lamp.kind).size()));
        } else {
            found.add(lamp.kind);
        }
    }

    // Either way.
    @GetMapping("/lit")
    List<String> lit() {
        List<String> found = new ArrayList<>();
        for (Lamp lamp : known.values()) {
            ask(found, lamp); // want "each of `this.known` × 1 database read \(through `Lamps.ask`\)\.$"
        }
        return found;
    }

    private void ask(List<String> found, Lamp lamp) {
        if ("beacon".equals(lamp.kind)) {
            found.add(String.valueOf(lamps.findAllByKind(lamp.kind).size()));
        } else {
            found.add(String.valueOf(lamps.findById(lamp.id)));
        }
    }

    // The rows of a page.
    @GetMapping("/page")
    List<String> page() {
        List<String> found = new ArrayList<>();
        Page<Lamp> page = lamps.findAll(PageRequest.of(0, 50));
        for (Lamp lamp : page.getContent()) {
            found.add(String.valueOf(lamps.findById(lamp.id))); // want "each of `page.getContent\(\)` × 1 database read\.$"
        }
        return found;
    }

    // Each has gone when that is done.
    @Scheduled(fixedRate = 1000)
    void leave() {
        keepers.forEach((name, keeper) -> {
            if (!keeper.awake) {
                keepers.remove(name);
                lamps.findAllByKind(name);
            }
        });
    }

    @Scheduled(fixedRate = 1000)
    void look() {
        this.keepers.forEach((name, keeper) -> {
            lamps.findAllByKind(name); // want "every 1 s × each of `this.keepers` × 1 database read\.$"
        });
    }
}
