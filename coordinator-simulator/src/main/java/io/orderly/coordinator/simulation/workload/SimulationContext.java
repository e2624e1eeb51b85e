package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.simulation.RunMetric;
import io.orderly.coordinator.simulation.Trace;
import io.orderly.coordinator.simulation.VirtualTime;
import java.util.function.ObjLongConsumer;
import java.util.random.RandomGenerator;

/** What a workload finds itself in. */
public record SimulationContext(
        VirtualTime time, RandomGenerator random, ClusterAccess nodes, Trace trace, ObjLongConsumer<RunMetric> count) {}
