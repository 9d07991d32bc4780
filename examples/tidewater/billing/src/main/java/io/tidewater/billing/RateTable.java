package io.tidewater.billing;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Rates that a harbour agreed with single vessels. */
public final class RateTable {

    private final DataSource dataSource;

    public RateTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The agreed rate in pence per metre and night. */
    public Optional<Integer> agreedRate(String callSign) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT pence FROM agreed_rates WHERE call_sign = ?")) {
            query.setString(1, callSign);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getInt(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** Reads {@code name=percent} lines; the file is optional. */
    public static Map<String, Integer> readSurcharges(Path file) {
        Map<String, Integer> surcharges = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split("=", 2);
                if (parts.length == 2) {
                    surcharges.put(parts[0].trim(), Integer.parseInt(parts[1].trim()));
                }
            }
        } catch (IOException ignored) {
        }
        return surcharges;
    }

    /** The share of a season ticket that the given days have used up. */
    public long usedShare(long paidPence, long nights, long used) {
        if (used < 0 || used > nights) {
            throw new IllegalArgumentException("used nights out of range: " + used);
        }
        return BigDecimal.valueOf(paidPence)
                .multiply(BigDecimal.valueOf(used))
                .divide(BigDecimal.valueOf(nights), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
