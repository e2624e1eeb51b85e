package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.simulation.Figure;
import io.orderly.coordinator.simulation.Trace;
import io.orderly.coordinator.simulation.VirtualTime;
import java.util.function.ObjLongConsumer;
import java.util.random.RandomGenerator;

/** What a workload finds itself in. */
public record World(
        VirtualTime time, RandomGenerator random, Nodes nodes, Trace trace, ObjLongConsumer<Figure> count) {}
