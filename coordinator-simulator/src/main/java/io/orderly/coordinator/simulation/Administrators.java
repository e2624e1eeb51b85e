package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Independent administrators, so that membership changes compete. */
final class Administrators {

    private static final int COUNT = 2;

    private final List<Administrator> all;

    Administrators(SimulatedCluster cluster) {
        all = Stream.generate(() -> new Administrator(cluster)).limit(COUNT).toList();
    }

    /** Whether all requested replacements are done. */
    boolean areIdle() {
        return all.stream().allMatch(Administrator::isIdle);
    }

    /** Whether one of them is idle. */
    boolean isOneIdle() {
        return all.stream().anyMatch(Administrator::isIdle);
    }

    /** Whether the node is being added or removed. */
    boolean areBusyWith(NodeId node) {
        return all.stream().anyMatch(one -> one.isBusyWith(node));
    }

    void replace(NodeId old) {
        all.stream()
                .min(Comparator.comparing(one -> !one.isIdle()))
                .orElseThrow()
                .replace(old);
    }
}
