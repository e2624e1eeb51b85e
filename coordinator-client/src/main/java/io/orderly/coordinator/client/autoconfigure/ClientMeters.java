package io.orderly.coordinator.client.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.coordinator.client.ClientObserver;
import java.time.Duration;
import java.util.Locale;

/** Meters below {@code orderly.coordinator.client}. */
final class ClientMeters implements ClientObserver {

    private static final String PREFIX = "orderly.coordinator.client.";

    private final MeterRegistry meters;

    ClientMeters(MeterRegistry meters) {
        this.meters = meters;
        for (String counter : new String[] {"leases.lost", "watches.interrupted", "watches.compacted", "reads.stale"}) {
            meters.counter(PREFIX + counter);
        }
    }

    @Override
    public void requested(String request, Result result, int attempts, Duration duration) {
        String outcome = result.name().toLowerCase(Locale.ROOT);
        meters.timer(PREFIX + "requests", "request", request, "result", outcome).record(duration);
        if (attempts > 1) {
            meters.counter(PREFIX + "retries", "request", request).increment(attempts - 1);
        }
    }

    @Override
    public void leaseLost() {
        meters.counter(PREFIX + "leases.lost").increment();
    }

    @Override
    public void watchInterrupted() {
        meters.counter(PREFIX + "watches.interrupted").increment();
    }

    @Override
    public void watchCompacted() {
        meters.counter(PREFIX + "watches.compacted").increment();
    }

    @Override
    public void settingRefused(String key) {
        meters.counter(PREFIX + "settings.refused", "key", key).increment();
    }

    @Override
    public void staleRead() {
        meters.counter(PREFIX + "reads.stale").increment();
    }

    @Override
    public void skipped(String election) {
        meters.counter(PREFIX + "leader.only.skipped", "election", election).increment();
    }
}
