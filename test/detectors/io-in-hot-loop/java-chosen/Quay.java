package quay;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

class Crate {
    long id;
    List<Crate> subCrates;
}

class Quay {
    private final JdbcTemplate jdbc;

    Quay(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    // Each is handled by itself, and the answer says which failed.
    @PostMapping("/crates/batch-delete")
    List<Long> deleteMany(@RequestBody List<Crate> crates) {
        List<Long> failed = new ArrayList<>();
        for (Crate crate : crates) {
            try {
                sink(crate); // want-info "Somebody changes something with it, and does so now and then\.$"
            } catch (RuntimeException e) {
                failed.add(crate.id);
            }
        }
        return failed;
    }

    private void sink(Crate crate) {
        jdbc.update("UPDATE crates SET sunk = true WHERE id = ?", crate.id);
    }

    @PostMapping("/crates/batch-copy")
    void copyMany(@RequestBody List<Crate> crates) {
        for (Crate crate : crates) {
            jdbc.update("INSERT INTO crates SELECT * FROM crates WHERE id = ?", crate.id); // want-info "Somebody changes something with it, and does so now and then\.$"
        }
    }

    // Nothing is each one's own here.
    @PostMapping("/crates/batch-seal")
    void sealMany(@RequestBody List<Crate> crates) {
        for (Crate crate : crates) {
            jdbc.update("UPDATE crates SET sealed = true WHERE id = ?", crate.id); // want-info "Somebody changes something with it, and does so now and then\.$"
        }
    }

    @PostMapping("/crates/batch-open")
    void openMany(Clerk clerk, @RequestBody List<String> crateNames) {
        if (!clerk.isAdmin()) {
            return;
        }
        for (String name : crateNames) {
            jdbc.update("UPDATE crates SET open = true WHERE name = ?", name); // want-info "Those who run the system ask for it, now and then\.$"
        }
    }
}

class Clerk {
    boolean admin;

    boolean isAdmin() {
        return admin;
    }
}
