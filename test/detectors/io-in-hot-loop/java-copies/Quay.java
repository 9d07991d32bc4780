package quay;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

class Crate {
    long id;
    List<Crate> subCrates;
}

class Quay {
    private final JdbcTemplate jdbc;
    private final Hold hold;

    Quay(JdbcTemplate jdbc, Hold hold) {
        this.jdbc = jdbc;
        this.hold = hold;
    }

    // All but the first are there by mistake.
    @PostMapping("/crate/enter")
    void enter(@RequestBody Crate crate) {
        List<Crate> same = hold.sameAs(crate);
        for (int i = 1; i < same.size(); i++) {
            deleteAgain(same.get(i)); // want-info "It is about what is there twice, and that is seldom anything\.$"
        }
        for (int i = 0; i < same.size(); i++) {
            deleteAgain(same.get(i)); // want "each of `same` × 1 DELETE on `crates`"
        }
    }

    private void deleteAgain(Crate crate) {
        jdbc.update("DELETE FROM crates WHERE id = ?", crate.id);
    }

    @GetMapping("/crates/tracks")
    void tracks(@RequestBody List<Crate> crates) {
        for (Crate crate : crates) {
            hold.trackStream(crate.id); // want-info "Each is read as a stream of its own\.$"
        }
        for (Crate crate : crates) {
            hold.track(crate.id); // want "each of `crates` × 1 SELECT on `tracks`"
        }
    }
}

class Hold {
    private final JdbcTemplate jdbc;

    Hold(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<Crate> sameAs(Crate crate) {
        return List.of();
    }

    List<String> track(long id) {
        return jdbc.queryForList("SELECT place FROM tracks WHERE crate = ?", String.class, id);
    }

    Stream<String> trackStream(long id) {
        return jdbc.queryForList("SELECT place FROM tracks WHERE crate = ?", String.class, id).stream();
    }
}
