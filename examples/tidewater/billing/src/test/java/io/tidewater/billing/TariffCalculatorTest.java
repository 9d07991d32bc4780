package io.tidewater.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TariffCalculatorTest {

    private static final LocalDate MONDAY = LocalDate.of(2025, 6, 16);

    private final TariffCalculator calculator = new TariffCalculator(Map.of("SUPERYACHT", 12));

    private static Stay stay(String id, LocalDate arrives, int nights) {
        return new Stay(id, "MKLT4", BerthClass.STANDARD, 1000, arrives, arrives.plusDays(nights));
    }

    private List<TariffCalculator.Charge> settle(Stay... stays) {
        return calculator.settle(new ArrayList<>(List.of(stays)));
    }

    @Test
    void oneNight() {
        assertEquals(List.of(new TariffCalculator.Charge("b1", "stay", 2400)), settle(stay("b1", MONDAY, 1)));
    }

    @Test
    void weekendNightsCostMore() {
        assertEquals(5775, settle(stay("b1", MONDAY.plusDays(4), 2)).get(0).pence());
    }

    @Test
    void theSeventhNightIsFree() {
        assertEquals(settle(stay("b1", MONDAY, 6)).get(0).pence(), settle(stay("b1", MONDAY, 7)).get(0).pence());
    }

    @Test
    void staysOfOneVesselAreJoined() {
        var charges = settle(stay("b1", MONDAY, 1), stay("b2", MONDAY.plusDays(1), 1));
        assertEquals(List.of(new TariffCalculator.Charge("b2", "joined", 4800)), charges);
    }

    @Test
    void longStaysAreCapped() {
        assertEquals(90_000, settle(stay("b1", MONDAY, 90)).get(0).pence());
    }

    @Test
    void vatIsRoundedHalfUp() {
        assertEquals(1, calculator.vat(3));
        assertEquals(0, calculator.vat(2));
        assertEquals(480, calculator.vat(2400));
    }

    @Test
    void refundIsRoundedDown() {
        assertEquals(333, calculator.refund(1000, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> calculator.refund(1000, 3, 4));
    }

    @Test
    void startedMetresCount() {
        var stay = new Stay("b1", "MKLT4", BerthClass.DRYING, 901, MONDAY, MONDAY.plusDays(1));
        assertEquals(700, calculator.nightly(stay));
    }

    @Test
    void readsSurcharges() {
        RateTable.readSurcharges(Path.of("surcharges.properties"));
    }

    @Test
    void invoiceNumbers() {
        assertEquals("TW-2025-00042", InvoiceLedger.format(Year.of(2025), 42));
    }
}
