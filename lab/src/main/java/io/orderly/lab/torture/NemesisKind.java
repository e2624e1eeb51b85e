package io.orderly.lab.torture;

import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.proxy.Direction;
import io.orderly.stack.Topology;
import io.orderly.stack.coordinator.CoordinatorCluster;
import io.orderly.stack.link.Link;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** A kind of fault, with how often it occurs and how long it lasts. */
enum NemesisKind {
    KILL(4, 100, 3_000, random -> new Fault.Kill(any(random, Targets.PROCESSES))),
    PAUSE(3, 500, 8_000, random -> new Fault.Pause(any(random, Targets.PROCESSES))),
    COORDINATOR_KILL(2, 100, 4_000, random -> new Fault.Kill(any(random, Targets.COORDINATORS))),
    COORDINATOR_PAUSE(1, 500, 8_000, random -> new Fault.Pause(any(random, Targets.COORDINATORS))),
    COORDINATOR_ISOLATION(2, 1_000, 8_000, random -> new Fault.Isolation(any(random, Targets.COORDINATORS))),
    COORDINATOR_FULL_DISK(2, 2_000, 8_000, random -> new Fault.FullDisk(any(random, Targets.COORDINATORS))),
    PROVIDER_FULL_DISK(1, 2_000, 8_000, _ -> new Fault.FullDisk(Topology.PROVIDER)),
    CUT(2, 500, 6_000, random -> new Fault.Cut(any(random, Targets.LINKS), null)),
    ONE_WAY_CUT(2, 500, 6_000, random -> new Fault.Cut(any(random, Targets.LINKS), any(random, Targets.DIRECTIONS))),
    LATENCY(1, 2_000, 8_000, random -> {
        int delayMillis = random.nextInt(5, 200);
        return new Fault.Latency(any(random, Targets.LINKS), null, delayMillis, random.nextInt(delayMillis));
    }),
    SLOW(1, 2_000, 8_000, random -> new Fault.Slow(any(random, Targets.LINKS), null, random.nextInt(5_000, 50_000))),
    LOSS(1, 2_000, 8_000, random -> new Fault.Loss(any(random, Targets.LINKS), null, 0.01 + random.nextDouble() * 0.2)),
    RESET(1, 100, 3_000, random -> new Fault.Reset(any(random, Targets.LINKS))),
    DUPLICATES(
            2,
            2_000,
            8_000,
            random -> new Fault.Duplicates(any(random, Targets.SERVICES), share(random), random.nextInt(2_000))),
    DELAYS(
            1,
            2_000,
            8_000,
            random -> new Fault.Delays(any(random, Targets.SERVICES), share(random), random.nextInt(50, 1_500))),
    CLOCK_SKEW(
            2,
            2_000,
            8_000,
            random -> new Fault.ClockSkew(any(random, Targets.SERVICES), random.nextLong(-30_000, 30_001)));

    private final int weight;
    private final int leastMillis;
    private final int mostMillis;
    private final Function<Random, Fault> fault;

    /** @param weight how often it occurs relative to the others */
    NemesisKind(int weight, int leastMillis, int mostMillis, Function<Random, Fault> fault) {
        this.weight = weight;
        this.leastMillis = leastMillis;
        this.mostMillis = mostMillis;
        this.fault = fault;
    }

    /** Each kind as often as its weight says. */
    static List<NemesisKind> weighted() {
        return Stream.of(values())
                .flatMap(kind -> Collections.nCopies(kind.weight, kind).stream())
                .toList();
    }

    Fault fault(Random random) {
        return fault.apply(random);
    }

    Duration lasting(Random random) {
        return Duration.ofMillis(random.nextInt(leastMillis, mostMillis + 1));
    }

    private static <T> T any(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static double share(Random random) {
        return 0.1 + random.nextDouble() * 0.5;
    }

    /** What faults affect; a class of its own because constants of an enum are created before its static fields. */
    private static final class Targets {

        private static final List<String> SERVICES =
                List.of(Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING);

        private static final List<String> PROCESSES = Stream.concat(
                        SERVICES.stream(), Stream.of(Topology.POSTGRESQL, Topology.KAFKA, Topology.PROVIDER))
                .toList();

        /** The leader more often than another. */
        private static final List<String> COORDINATORS = Stream.concat(
                        CoordinatorCluster.MEMBERS.stream(),
                        Collections.nCopies(3, FaultInjector.COORDINATOR_LEADER).stream())
                .toList();

        /** Links that the saga uses. */
        private static final List<String> LINKS = Stream.concat(
                        Topology.links().stream().filter(link -> !isOfAntiPatterns(link)),
                        Topology.coordinatorLinks().stream())
                .map(Link::name)
                .toList();

        private static final List<Direction> DIRECTIONS = List.of(Direction.values());

        private static boolean isOfAntiPatterns(Link link) {
            return link.from().equals(Topology.ORDER) && SERVICES.contains(link.to());
        }
    }
}
