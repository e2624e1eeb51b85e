package io.orderly.coordinator.partitions;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what happens to the partitions of this instance. */
final class PartitionMetrics {

    private final Counter acquired;
    private final Counter lost;
    private final Counter alarms;

    PartitionMetrics(MeterRegistry meters) {
        acquired = moves(meters, "acquired");
        lost = moves(meters, "lost");
        alarms = Counter.builder("orderly.partitions.alarms")
                .description("partition maps that were not accepted")
                .register(meters);
    }

    void acquired() {
        acquired.increment();
    }

    void lost() {
        lost.increment();
    }

    void alarm() {
        alarms.increment();
    }

    private static Counter moves(MeterRegistry meters, String kind) {
        return Counter.builder("orderly.partitions.moves")
                .description("partitions that this instance has acquired or lost")
                .tag("kind", kind)
                .register(meters);
    }
}
