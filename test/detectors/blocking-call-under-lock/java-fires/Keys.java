import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;

/** All that takes the monitor goes to the database, and it guards the map, too. */
class Keys {
    private final Map<Long, String> keys = new HashMap<>();
    private final Connection connection;

    Keys(Connection connection) {
        this.connection = connection;
    }

    synchronized String get(Long lock) throws Exception {
        if (!keys.containsKey(lock)) load(lock); // want "`get` holds `Keys` while it .* through `load`\.$"
        return keys.get(lock);
    }

    private void load(Long lock) throws Exception {
        try (var rows = connection.createStatement().executeQuery("SELECT pattern FROM keys")) {
            keys.put(lock, rows.getString(1));
        }
    }
}
