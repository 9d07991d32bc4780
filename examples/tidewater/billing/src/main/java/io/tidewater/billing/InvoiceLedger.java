package io.tidewater.billing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Year;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Numbers invoices without gaps and stores them. */
public final class InvoiceLedger {

    private final DataSource dataSource;
    private final Map<Year, Integer> lastNumber = new HashMap<>();

    public InvoiceLedger(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Stores one invoice and returns its number.
     *
     * @throws SQLException when the invoice was not stored; its number is then used again
     */
    public synchronized String append(Year year, List<TariffCalculator.Charge> charges) throws SQLException {
        int next = lastNumber.getOrDefault(year, 0) + 1;
        String number = format(year, next);
        store(number, total(charges));
        lastNumber.put(year, next);
        return number;
    }

    public int issued(Year year) {
        return lastNumber.getOrDefault(year, 0);
    }

    private void store(String number, long pence) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO invoices (number, pence) VALUES (?, ?)")) {
            insert.setString(1, number);
            insert.setLong(2, pence);
            insert.executeUpdate();
        }
    }

    static String format(Year year, int number) {
        return String.format("TW-%s-%05d", year, number);
    }

    static long total(List<TariffCalculator.Charge> charges) {
        return charges.stream().mapToLong(TariffCalculator.Charge::pence).sum();
    }
}
