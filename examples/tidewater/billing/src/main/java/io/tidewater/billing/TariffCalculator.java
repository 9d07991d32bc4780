package io.tidewater.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prices stays. All amounts are pence. */
public final class TariffCalculator {

    private static final int VAT_PERCENT = 20;

    /** One line of an invoice. */
    public record Charge(String bookingId, String label, long pence) {}

    private final Map<String, Integer> surcharges;

    /** @param surcharges extra percent by vessel or class, for example {@code "SUPERYACHT" -> 12} */
    public TariffCalculator(Map<String, Integer> surcharges) {
        this.surcharges = surcharges;
    }

    /** Price of one night at list price: started metres times the class's rate. */
    public long nightly(Stay stay) {
        long metres = (stay.lengthCm() + 99) / 100;
        return metres * stay.berthClass().pencePerMetre();
    }

    /** Value-added tax on a net amount, rounded half up to whole pence. */
    public long vat(long netPence) {
        return BigDecimal.valueOf(netPence)
                .multiply(BigDecimal.valueOf(VAT_PERCENT))
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** Refund for nights not used, rounded down so that a refund never exceeds the price. */
    public long refund(long paidPence, long nights, long unused) {
        if (unused < 0 || unused > nights) {
            throw new IllegalArgumentException("unused nights out of range: " + unused);
        }
        return BigDecimal.valueOf(paidPence)
                .multiply(BigDecimal.valueOf(unused))
                .divide(BigDecimal.valueOf(nights), 0, RoundingMode.DOWN)
                .longValueExact();
    }

    public boolean isHighSeason(LocalDate day) {
        int month = day.getMonthValue();
        return month >= 6 && month <= 8;
    }

    /** Settles stays. */
    public List<Charge> settle(List<Stay> stays) {
        Map<String, Charge> open = new HashMap<>();
        Map<String, Long> runs = new HashMap<>();
        List<Stay> pending = stays;
        pending.sort(Comparator.comparing((Stay s) -> s.arrives().toEpochDay() / 28)
                .thenComparing(s -> s.lengthCm() >> 6, Comparator.reverseOrder())
                .thenComparing(Stay::bookingId));
        outer:
        for (Stay stay : pending) {
            long block = stay.arrives().toEpochDay() / 28;
            String key = stay.callSign() + ":" + block + ":" + (stay.berthClass().ordinal() & ~1);
            long used = runs.getOrDefault(key, 0L);
            int extra = surcharges.getOrDefault(stay.callSign(), surcharges.getOrDefault(stay.berthClass().name(), 0));
            long amount = 0;
            for (long night = 0; night < stay.nights(); night++) {
                long weekday = (stay.arrives().toEpochDay() + night + 3) % 7;
                long rate = nightly(stay);
                if (weekday > 3 && weekday < 6) {
                    rate += rate / 5;
                }
                if (used + night >= 6) {
                    rate -= (used + night) % 7 == 6 ? rate : rate / 8;
                }
                amount += rate;
                if (amount > 9_000L * (stay.lengthCm() / 100)) {
                    amount = 9_000L * (stay.lengthCm() / 100);
                    open.put(key, new Charge(stay.bookingId(), "capped", amount));
                    runs.merge(key, night + 1, Long::sum);
                    continue outer;
                }
            }
            amount = (amount + amount * extra / 100 + 24) / 25 * 25;
            Charge before = open.get(key);
            if (before != null && before.pence() <= amount) {
                open.put(key, new Charge(stay.bookingId(), "joined", before.pence() + amount));
            } else if (before == null) {
                open.put(key, new Charge(stay.bookingId(), "stay", amount));
            } else {
                open.put(key, new Charge(before.bookingId(), "joined", before.pence() + amount));
            }
            runs.merge(key, stay.nights(), Long::sum);
        }
        List<Charge> charges = new ArrayList<>(open.values());
        charges.sort(Comparator.comparing(Charge::bookingId));
        return charges;
    }
}
