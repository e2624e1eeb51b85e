package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The wall clocks of all nodes: each is skewed, and at intervals one is set forward or back. */
final class WallClocks {

    private static final long EPOCH_MILLIS = 1_700_000_000_000L;
    private static final long INTERVAL_MICROS_MAX = 2_000_000;
    private static final long SKEW_MILLIS_MAX = 1_500;

    private final SimulationContext context;
    private final Map<NodeId, Long> skewMillis = new TreeMap<>();

    WallClocks(SimulationContext context) {
        this.context = context;
        context.time().after(INTERVAL_MICROS_MAX, this::setOne);
    }

    long millis(NodeId node) {
        return EPOCH_MILLIS + context.time().nowMicros() / 1_000 + skewMillis.computeIfAbsent(node, _ -> draw());
    }

    private long draw() {
        return context.random().nextLong(-SKEW_MILLIS_MAX, SKEW_MILLIS_MAX);
    }

    private void setOne() {
        List<NodeId> nodes = context.nodes().nodeIds();
        if (!nodes.isEmpty()) {
            skewMillis.put(nodes.get(context.random().nextInt(nodes.size())), draw());
        }
        context.time().after(context.random().nextLong(1, INTERVAL_MICROS_MAX), this::setOne);
    }
}
