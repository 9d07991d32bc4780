package clinic;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

// Routed by a function of another module.
class Kitchen {
    private final JdbcTemplate jdbc;
    private List<String> cooks;
    private List<String> teams;
    private List<String> userSessions;

    Kitchen(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public Mono<ServerResponse> call(ServerRequest request) {
        for (String cook : cooks) {
            jdbc.update("INSERT INTO calls (cook) VALUES (?)", cook); // want "Each call of `Kitchen.call` makes 1 INSERT on `calls` for each of `this.cooks`"
        }
        for (String team : teams) {
            jdbc.update("INSERT INTO rotas (team) VALUES (?)", team); // want-info "There are few of these, by their name\.$"
        }
        for (String session : userSessions) {
            jdbc.update("INSERT INTO signs (session) VALUES (?)", session); // want-info "There are few of these, by their name\.$"
        }
        return ServerResponse.ok().build();
    }
}
