package io.orderly.lab.bench.coordinator;

import io.orderly.stack.coordinator.Product;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured of one product.
 *
 * @param settings version, durability and memory limits
 * @param startToLeader from the start of the three processes until they were ready and had a leader
 * @param memoryAfterStartBytes the proportional set size of all three at that time
 * @param crowd puts of a few clients beside many others
 * @param gapsAfterKill from each kill of a leader to the next accepted write
 * @param checkPerf the output of {@code etcdctl check perf}; empty if it was not run
 */
record ProductResult(
        Product product,
        Map<String, String> settings,
        Duration startToLeader,
        long memoryAfterStartBytes,
        List<Measurement> measurements,
        CrowdResult crowd,
        List<Duration> gapsAfterKill,
        List<String> checkPerf) {

    Optional<Duration> medianGap() {
        return gapsAfterKill.isEmpty()
                ? Optional.empty()
                : Optional.of(gapsAfterKill.stream().sorted().toList().get(gapsAfterKill.size() / 2));
    }

    Optional<Measurement> find(Measurement.Phase phase, String load, int clients) {
        return measurements.stream()
                .filter(one -> one.phase() == phase && one.load().equals(load) && one.clients() == clients)
                .findFirst();
    }
}
