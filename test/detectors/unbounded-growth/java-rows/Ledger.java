package dev.harbour;

import jakarta.annotation.PostConstruct;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

interface InvoiceRepository extends JpaRepository<Invoice, Long> {}

interface LocaleRepository extends JpaRepository<Locale, Long> {}

@RestController
public class Ledger {
    private final InvoiceRepository repo;
    private final LocaleRepository repository;
    private final JdbcTemplate jdbc;
    private final Map<Long, String> missions = new HashMap<>();
    private final Map<Long, String> flags = new HashMap<>();

    public Ledger(InvoiceRepository repo, LocaleRepository repository, JdbcTemplate jdbc) {
        this.repo = repo;
        this.repository = repository;
        this.jdbc = jdbc;
    }

    @PostConstruct
    void read() {
        jdbc.query("SELECT id, body FROM missions", row -> { // want "^At start-up the whole table .missions. is read: .* No request is seen to add rows, and nothing in the workspace deletes any\.$"
            missions.put(row.getLong("id"), row.getString("body"));
        });
        jdbc.query("SELECT id, body FROM flags", row -> {
            flags.put(row.getLong("id"), row.getString("body"));
        });
    }

    @GetMapping("/invoices/open")
    public List<Invoice> open() {
        return repo.findAll().stream().filter(Invoice::isOpen).toList(); // want "reads every row there is for each request to `/invoices/open`: .* No request is seen to add rows"
    }

    @GetMapping("/invoices/first")
    public List<Invoice> first() {
        return repo.findAll(PageRequest.of(0, 50)).getContent();
    }

    // Set up, and not made by using the service.
    @GetMapping("/locales")
    public List<Locale> locales() {
        return repository.findAll();
    }
}
