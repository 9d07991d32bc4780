package berths;

import java.util.ArrayList;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

class Berth {
    long id;
    long pier;
    int hour;
}

interface BerthRepository extends JpaRepository<Berth, Long> {
    List<Berth> findAllByHarbour(long harbour);

    List<Berth> findAllByOrganizationId(long organization);
}

interface MooringRepository extends JpaRepository<Mooring, Long> {
    Mooring findTopByBerth(long berth);
}

class Mooring {
    long berth;
}

class Berths {
    private final BerthRepository berths;
    private final MooringRepository moorings;

    Berths(BerthRepository berths, MooringRepository moorings) {
        this.berths = berths;
        this.moorings = moorings;
    }

    // A page that is opened again and again.
    @GetMapping("/berths")
    List<Mooring> overview() {
        List<Mooring> found = new ArrayList<>();
        for (Berth berth : berths.findAll()) {
            found.add(moorings.findTopByBerth(berth.id)); // want "each of `this.berths.findAll\(\)` × 1 database read\.$"
        }
        return found;
    }

    // All that there is belongs to some organisation.
    @GetMapping("/organizations/{id}/berths")
    List<Mooring> ofOrganization(@PathVariable long id) {
        List<Mooring> found = new ArrayList<>();
        for (Berth berth : berths.findAllByOrganizationId(id)) {
            found.add(moorings.findTopByBerth(berth.id)); // want "each of `this.berths.findAllByOrganizationId\(id\)` × 1 database read\.$"
        }
        return found;
    }

    @GetMapping("/harbours/{id}/berths")
    List<Mooring> ofHarbour(@PathVariable long id) {
        List<Mooring> found = new ArrayList<>();
        List<Berth> some = berths.findAllByHarbour(id);
        for (Berth berth : some) {
            found.add(moorings.findTopByBerth(berth.id)); // want-info "They belong to one thing that was looked up, which seldom has many\.$"
        }
        return found;
    }

    // Changed now and then.
    @PostMapping("/berths/shift")
    void shift() {
        for (Berth berth : berths.findAll()) {
            berth.hour += 1;
            berths.save(berth); // want-info "Somebody changes something with it, and does so now and then\.$"
        }
    }

    // What only changes something is noted, even for each of many for each of many.
    @PostMapping("/berths/clear")
    void clear() {
        for (Berth berth : berths.findAll()) {
            for (Berth other : berths.findAllByHarbour(berth.pier)) {
                berths.deleteById(other.id); // want-info "Somebody changes something with it, and does so now and then\.$"
            }
        }
    }
}
