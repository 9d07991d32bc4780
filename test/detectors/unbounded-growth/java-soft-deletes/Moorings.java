package harbour;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

class Kept {
    boolean isDeleted;
}

class Mooring extends Kept {
    String ship;
}

class Cargo {
    String crate;
}

class Voyage {
    String ship;
}

interface MooringRepository extends JpaRepository<Mooring, Long> {}

interface CargoRepository extends JpaRepository<Cargo, Long> {
    @Modifying
    @Query("UPDATE Cargo SET gone = true WHERE crate = :crate")
    int deleteCargo(String crate);
}

interface VoyageRepository extends JpaRepository<Voyage, Long> {}

class Moorings {
    private final MooringRepository mooringRepository;
    private final CargoRepository cargoRepository;
    private final VoyageRepository voyageRepository;

    Moorings(MooringRepository mooringRepository, CargoRepository cargoRepository, VoyageRepository voyageRepository) {
        this.mooringRepository = mooringRepository;
        this.cargoRepository = cargoRepository;
        this.voyageRepository = voyageRepository;
    }

    @PostMapping("/moor")
    void moor(@RequestBody Mooring mooring, @RequestBody Cargo cargo, @RequestBody Voyage voyage) {
        mooringRepository.save(mooring);
        cargoRepository.save(cargo);
        voyageRepository.save(voyage);
    }

    @PostMapping("/unload")
    void unload(@RequestBody String crate) {
        cargoRepository.deleteCargo(crate);
    }

    @GetMapping("/moorings")
    List<Mooring> moorings() {
        return mooringRepository.findAll(); // want-info "and rows are deleted by being marked\.$"
    }

    @GetMapping("/cargo")
    List<Cargo> cargo() {
        return cargoRepository.findAll(); // want-info "and rows are deleted in `Moorings.unload`\.$"
    }

    @GetMapping("/voyages")
    List<Voyage> voyages() {
        return voyageRepository.findAll(); // want "and nothing in the workspace deletes any\.$"
    }
}
