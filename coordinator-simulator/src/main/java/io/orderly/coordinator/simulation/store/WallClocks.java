package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The wall clocks of all nodes: none is right, and now and then one is set, forwards or back. */
final class WallClocks {

    private static final long EPOCH_MILLIS = 1_700_000_000_000L;
    private static final long INTERVAL_MICROS_MAX = 2_000_000;
    private static final long SKEW_MILLIS_MAX = 1_500;

    private final SimulationContext world;
    private final Map<NodeId, Long> skewMillis = new TreeMap<>();

    WallClocks(SimulationContext world) {
        this.world = world;
        world.time().after(INTERVAL_MICROS_MAX, this::setOne);
    }

    long millis(NodeId node) {
        return EPOCH_MILLIS + world.time().nowMicros() / 1_000 + skewMillis.computeIfAbsent(node, _ -> draw());
    }

    private long draw() {
        return world.random().nextLong(-SKEW_MILLIS_MAX, SKEW_MILLIS_MAX);
    }

    private void setOne() {
        List<NodeId> nodes = world.nodes().nodeIds();
        if (!nodes.isEmpty()) {
            skewMillis.put(nodes.get(world.random().nextInt(nodes.size())), draw());
        }
        world.time().after(world.random().nextLong(1, INTERVAL_MICROS_MAX), this::setOne);
    }
}
