package dev.harbour;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

interface VisitRepository extends JpaRepository<Visit, Long> {}

@RestController
public class VisitController {
    private final VisitRepository visits;
    private final EntityManager em;

    public VisitController(VisitRepository visits, EntityManager em) {
        this.visits = visits;
        this.em = em;
    }

    @GetMapping("/visits")
    public List<Visit> all() {
        return visits.findAll(); // want "reads every row there is for each request to `/visits`: .* Each request to `/visits` may add a row, and nothing in the workspace deletes any\.$"
    }

    @PostMapping("/visits")
    public Visit create(@RequestBody Visit visit) {
        return visits.save(visit);
    }

    @GetMapping("/raids")
    public List<Raid> raids() {
        return em.createQuery("select r from Raid r order by r.id desc", Raid.class).getResultList(); // want "the whole table `Raid` is read: .* Each request to `/raids` may add a row, and nothing in the workspace deletes any\.$"
    }

    @GetMapping("/raids/last")
    public List<Raid> lastRaids() {
        return em.createQuery("select r from Raid r order by r.id desc", Raid.class).setMaxResults(50).getResultList();
    }

    @PostMapping("/raids")
    public void add(@RequestBody Raid raid) {
        em.persist(raid);
    }
}
