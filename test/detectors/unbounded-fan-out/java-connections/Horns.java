package harbour;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

class Horns {
    private final JdbcTemplate jdbc;

    Horns(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    String sound(String who, Integer sector) {
        for (String member : members(sector)) {
            jdbc.update("INSERT INTO horns (member) VALUES (?)", member); // want "makes 1 INSERT on `horns` for each of .*None of four protections"
        }
        return "done";
    }

    // Nobody asks for it.
    String test(String who, Integer sector) {
        for (String member : members(sector)) {
            jdbc.update("INSERT INTO tests (member) VALUES (?)", member);
        }
        return "done";
    }

    private List<String> members(int sector) {
        return jdbc.queryForList("SELECT id FROM members WHERE sector = ?", String.class, sector);
    }
}
