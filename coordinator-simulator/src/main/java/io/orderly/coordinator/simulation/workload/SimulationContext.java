package io.orderly.coordinator.simulation.workload;

import io.orderly.clock.VirtualTime;
import io.orderly.coordinator.simulation.RunMetric;
import io.orderly.coordinator.simulation.Trace;
import java.util.function.ObjLongConsumer;
import java.util.random.RandomGenerator;

/** The environment of a workload. */
public record SimulationContext(
        VirtualTime time, RandomGenerator random, ClusterAccess nodes, Trace trace, ObjLongConsumer<RunMetric> count) {}
