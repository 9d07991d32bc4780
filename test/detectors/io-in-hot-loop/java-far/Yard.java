package harbour;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

class Yard {
    private final JdbcTemplate jdbc;
    private List<Crane> cranes;
    private boolean isWorn;
    private int version;

    Yard(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Scheduled(fixedRate = 5000)
    void watch() {
        inspect();
        look();
        renew();
    }

    // Each step has a condition of its own.
    void inspect() {
        if (isWorn) {
            check();
        }
    }

    void check() {
        if (version < 33) {
            mend();
        }
    }

    void mend() {
        mendAll();
    }

    void mendAll() {
        for (Crane crane : cranes) {
            write(crane); // want-info "It is a long way from the clock there, on which more than the clock decides\.$"
        }
    }

    void write(Crane crane) {
        jdbc.update("UPDATE cranes SET mended = now() WHERE id = ?", crane.id());
    }

    // As far, but under one condition only.
    void look() {
        if (isWorn) {
            lookAround();
        }
    }

    void lookAround() {
        lookAtAll();
    }

    void lookAtAll() {
        for (Crane crane : cranes) {
            see(crane); // want "every 5 s × each of `this.cranes` × 1 UPDATE on `cranes` \(through `Yard.see`\)\.$"
        }
    }

    void see(Crane crane) {
        seen(crane);
    }

    void seen(Crane crane) {
        jdbc.update("UPDATE cranes SET seen = now() WHERE id = ?", crane.id());
    }

    // What stops or moves to another version is done once.
    void renew() {
        shutdownYard();
        upgradeCranes();
        stopIdle();
    }

    void shutdownYard() {
        park();
    }

    void park() {
        for (Crane crane : cranes) {
            jdbc.update("UPDATE cranes SET parked = now() WHERE id = ?", crane.id());
        }
    }

    void upgradeCranes() {
        for (Crane crane : cranes) {
            jdbc.update("UPDATE cranes SET version = 2 WHERE id = ?", crane.id());
        }
    }

    // What stops some is done again and again.
    void stopIdle() {
        for (Crane crane : cranes) {
            jdbc.update("UPDATE cranes SET stopped = now() WHERE id = ?", crane.id()); // want "every 5 s × each of `this.cranes` × 1 UPDATE on `cranes`"
        }
    }
}

record Crane(long id) {}
