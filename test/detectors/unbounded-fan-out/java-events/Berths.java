package harbour;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class ShipBerthed {
    final String ship;

    ShipBerthed(String ship) {
        this.ship = ship;
    }
}

class TideTurned {}

@RestController
class BerthController {
    private final ApplicationEventPublisher events;

    BerthController(ApplicationEventPublisher events) {
        this.events = events;
    }

    @PostMapping("/berths")
    public void berth(String ship) {
        events.publishEvent(new ShipBerthed(ship));
    }
}

class Crew {
    private final JdbcTemplate jdbc;

    Crew(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    public void tell(ShipBerthed event) {
        for (String id : jdbc.queryForList("SELECT id FROM sailors WHERE ship = ?", String.class, event.ship)) {
            jdbc.update("INSERT INTO notices (sailor) VALUES (?)", id); // want "Each request to `/berths` makes 1 INSERT on `notices`"
        }
    }

    // No request has it happen.
    @EventListener(TideTurned.class)
    public void turn() {
        for (String id : jdbc.queryForList("SELECT id FROM sailors", String.class)) {
            jdbc.update("INSERT INTO notices (sailor) VALUES (?)", id);
        }
    }
}
