package io.orderly.chaos;

import io.orderly.chaos.ServiceFault.ClockSkew;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The true time plus the offsets of the active clock skews. */
final class SkewedClock extends Clock {

    private final Clock trueTime;
    private final ActiveFaults faults;

    SkewedClock(Clock trueTime, ActiveFaults faults) {
        this.trueTime = trueTime;
        this.faults = faults;
    }

    @Override
    public ZoneId getZone() {
        return trueTime.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SkewedClock(trueTime.withZone(zone), faults);
    }

    @Override
    public Instant instant() {
        return trueTime.instant().plusMillis(offsetMillis());
    }

    @Override
    public long millis() {
        return trueTime.millis() + offsetMillis();
    }

    private long offsetMillis() {
        return faults.of(ClockSkew.class)
                .mapToLong(active -> {
                    active.hit();
                    return active.fault().offsetMillis();
                })
                .sum();
    }
}
