package quay;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

class Crate {
    long id;
}

abstract class Shelf {
    abstract void put(Crate crate);

    // Whoever goes to the database does it another way.
    void putAll(List<Crate> crates) {
        for (Crate crate : crates) {
            put(crate);
        }
    }

    void turnAll(List<Crate> crates) {
        for (Crate crate : crates) {
            turn(crate); // want "each request to `/shelf/turn` × each of `crates` × 1 UPDATE on `crates`"
        }
    }

    abstract void turn(Crate crate);
}

class TableShelf extends Shelf {
    private final JdbcTemplate jdbc;

    TableShelf(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void put(Crate crate) {
        jdbc.update("INSERT INTO crates (id) VALUES (?)", crate.id);
    }

    void turn(Crate crate) {
        jdbc.update("UPDATE crates SET turned = true WHERE id = ?", crate.id);
    }

    void putAll(List<Crate> crates) {
        jdbc.batchUpdate("INSERT INTO crates (id) VALUES (?)", crates.stream().map(crate -> new Object[] {crate.id}).toList());
    }
}

class HeapShelf extends Shelf {
    void put(Crate crate) {}

    void turn(Crate crate) {}
}

class ShelfDesk {
    private final Shelf shelf;

    ShelfDesk(Shelf shelf) {
        this.shelf = shelf;
    }

    @PostMapping("/shelf")
    void put(@RequestBody List<Crate> crates) {
        shelf.putAll(crates);
    }

    @PostMapping("/shelf/turn")
    void turn(@RequestBody List<Crate> crates) {
        shelf.turnAll(crates);
    }
}
