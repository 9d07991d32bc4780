package io.tidewater.billing;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** A berth used by one vessel from the arrival to the departure date. */
public record Stay(String bookingId, String callSign, BerthClass berthClass, int lengthCm, LocalDate arrives, LocalDate departs) {

    public Stay {
        if (!departs.isAfter(arrives)) {
            throw new IllegalArgumentException("departs must be after arrives: " + bookingId);
        }
        if (lengthCm <= 0) {
            throw new IllegalArgumentException("length must be positive: " + bookingId);
        }
    }

    public long nights() {
        return ChronoUnit.DAYS.between(arrives, departs);
    }
}
