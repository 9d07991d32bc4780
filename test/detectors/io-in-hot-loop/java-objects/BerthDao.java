package quay;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

public interface BerthDao {
    @SqlQuery("SELECT id FROM berths")
    List<Long> all();

    @SqlQuery("SELECT name FROM owners WHERE berth = :berth")
    String ownerOf(long berth);
}
