package harbour;

import java.util.Iterator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;

class Pages {
    private final JdbcTemplate jdbc;

    Pages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    // A page at a time.
    @PostMapping("/ships/count")
    void count(Page page) {
        while (page.hasNext()) {
            jdbc.update("UPDATE counts SET ships = ships + ?", page.size());
            page = page.following(page.size());
            Cursor.nextOf(page);
        }
    }

    // As many as were written.
    @PostMapping("/flags")
    void flags() {
        for (Flag flag : Flag.values()) {
            jdbc.update("UPDATE flags SET shown = true WHERE name = ?", flag.name());
        }
    }
}

enum Flag {
    RED,
    GREEN
}

interface Page {
    boolean hasNext();

    int size();

    Page following(int size);
}

class Cursor {
    static Page nextOf(Page page) {
        return page;
    }
}
