import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

class Repository {
    private final Connection connection;

    Repository(Connection connection) {
        this.connection = connection;
    }

    List<String> names(int limit) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM vessels LIMIT ?")) {
            statement.setInt(1, limit);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                names.add(rows.getString("name"));
            }
        }
        return names;
    }
}
