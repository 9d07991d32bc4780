package quay;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
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

    @PutMapping("/crate")
    void edit(@RequestBody Change change) {
        List<Crate> removedCrates = change.gone();
        for (Crate crate : removedCrates) {
            jdbc.update("UPDATE crates SET gone = true WHERE id = ?", crate.id); // want-info "Somebody changes something with it, and does so now and then\.$"
        }
        List<Crate> all = change.all();
        for (Crate crate : all) {
            jdbc.update("UPDATE crates SET seen = true WHERE id = ?", crate.id); // want-info "Somebody changes something with it, and does so now and then\.$"
        }
    }

    @DeleteMapping("/crate")
    void deleteCrate(@RequestBody Crate crate) {
        for (Crate part : crate.subCrates) {
            jdbc.update("DELETE FROM crates WHERE id = ?", part.id); // want-info "They are parts of the one thing that a request brings along\.$"
        }
    }

    @PostMapping("/crate/paint")
    void paintCrate(@RequestBody Crate crate) {
        for (Crate part : crate.subCrates) {
            jdbc.update("UPDATE crates SET painted = true WHERE id = ?", part.id); // want-info "They are parts of the one thing that a request brings along\.$"
        }
    }
}

class Change {
    List<Crate> gone() {
        return List.of();
    }

    List<Crate> all() {
        return List.of();
    }
}
