import org.skife.jdbi.v2.sqlobject.Bind;
import org.skife.jdbi.v2.sqlobject.SqlQuery;

public interface BerthDao {
  @SqlQuery
  String owner(@Bind("berth") int berth);
}
