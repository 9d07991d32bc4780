package clinic;

import io.grpc.stub.StreamObserver;
import org.springframework.jdbc.core.JdbcTemplate;

class WardService extends WardGrpc.WardImplBase {
    private final JdbcTemplate jdbc;

    WardService(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public void alarm(AlarmRequest request, StreamObserver<AlarmReply> answer) {
        for (String id : jdbc.queryForList("SELECT id FROM nurses WHERE ward = ?", String.class, request.getWard())) {
            jdbc.update("INSERT INTO calls (nurse) VALUES (?)", id); // want "Each call of `WardService.alarm` makes 1 INSERT on `calls`"
        }
    }

    // Takes no request of anybody outside.
    public void renumber(String ward) {
        for (String id : jdbc.queryForList("SELECT id FROM nurses WHERE ward = ?", String.class, ward)) {
            jdbc.update("INSERT INTO calls (nurse) VALUES (?)", id);
        }
    }
}
