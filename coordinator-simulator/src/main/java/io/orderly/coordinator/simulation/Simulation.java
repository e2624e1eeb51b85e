package io.orderly.coordinator.simulation;

import io.orderly.clock.VirtualTime;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.simulation.history.History;
import io.orderly.coordinator.simulation.history.Linearizability;
import io.orderly.coordinator.simulation.history.LinearizabilityChecker;
import io.orderly.coordinator.simulation.history.LinearizabilityResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run: clients work while faults are injected, then the faults end and progress must return, then the history is checked.
 */
public final class Simulation implements Simulator {

    private static final int OPERATIONS_UNDER_FAULTS = 400;
    private static final int OPERATIONS_AFTERWARDS = 30;
    private static final int FEWEST_OPERATIONS = 200;
    private static final long POLL_MICROS = 20_000;
    private static final long PATIENCE_MICROS = 60_000_000;

    /** Longer than the delay of any message. */
    private static final long SETTLING_MICROS = 1_000_000;

    private static final int MAX_CONFIGURATIONS = 200_000;

    private static final String PROGRESS = "progress returns when faults end";
    private static final String LINEARIZABILITY = "linearizability";

    /** Where histories and traces are written. */
    static Path folder() {
        try {
            return Files.createDirectories(Path.of("target", "simulation"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RunReport run(RunParameters run, Trace trace) {
        SimulatedCluster cluster = null;
        try {
            cluster = new SimulatedCluster(run, trace);
            run(cluster, run.faults());
            Linearizability verdict = checkHistory(run, cluster);
            return report(run, cluster, verdict, null);
        } catch (PropertyViolation e) {
            Linearizability verdict = e.violation().property().equals(LINEARIZABILITY)
                    ? Linearizability.VIOLATED
                    : Linearizability.NOT_DECIDED;
            return report(run, cluster, verdict, e.violation());
        } catch (RuntimeException | AssertionError e) {
            return report(
                    run,
                    cluster,
                    Linearizability.NOT_DECIDED,
                    new Violation(Phase.SAFETY, "no exception is thrown", text(e)));
        }
    }

    private static void run(SimulatedCluster cluster, Set<FaultKind> forced) {
        VirtualTime time = cluster.time();
        cluster.workload().allow(OPERATIONS_UNDER_FAULTS);
        Faults faults = new Faults(cluster, cluster.random(), forced);
        while (!faults.areOver()) {
            time.advance();
        }
        cluster.trace().add(time.nowMicros(), "", () -> "faults end");
        faults.end();
        cluster.workload()
                .allow(Math.max(
                        OPERATIONS_AFTERWARDS,
                        FEWEST_OPERATIONS - cluster.workload().answered()));
        long deadline = time.nowMicros() + PATIENCE_MICROS;
        long nextLook = 0;
        String missing = "";
        do {
            if (time.nowMicros() > deadline) {
                throw new PropertyViolation(Phase.PROGRESS, PROGRESS, missing);
            }
            nextLook = time.nowMicros() + POLL_MICROS;
            while (time.nowMicros() < nextLook) {
                time.advance();
            }
            missing = missing(cluster);
        } while (!missing.isEmpty());
        long settled = time.nowMicros() + SETTLING_MICROS;
        while (time.nowMicros() < settled) {
            time.advance();
        }
        cluster.workload().settle();
        cluster.add(RunMetric.VIRTUAL_SECONDS, time.nowMicros() / 1_000_000);
    }

    /** @return why progress has not returned yet; empty if it has */
    private static String missing(SimulatedCluster cluster) {
        String clients = cluster.workload().missing();
        if (!clients.isEmpty()) {
            return clients;
        }
        if (!cluster.administrators().areIdle()) {
            return "a node is not replaced yet; members are %s"
                    .formatted(cluster.checker().membership());
        }
        for (Host host : cluster.hosts()) {
            if (!cluster.checker().membership().isMember(host.id())) {
                continue;
            }
            Status status = host.status();
            if (status == null) {
                return host.id() + " is down";
            }
            if (!status.corruptSlots().isEmpty()) {
                return "%s has corrupt slots %s".formatted(host.id(), status.corruptSlots());
            }
            if (status.applied() < cluster.checker().highestDecided()) {
                return "%s has applied %d of %d slots"
                        .formatted(
                                host.id(), status.applied(), cluster.checker().highestDecided());
            }
        }
        return "";
    }

    private static Linearizability checkHistory(RunParameters run, SimulatedCluster cluster) {
        History history = cluster.workload().history();
        try {
            Path file = Files.createTempFile(folder(), run.fileName() + "-", ".history");
            history.write(file);
            LinearizabilityResult result = new LinearizabilityChecker(MAX_CONFIGURATIONS).check(history);
            cluster.add(
                    RunMetric.OPERATIONS_CHECKED,
                    Math.max(result.operations(), cluster.workload().answered()));
            if (result.verdict() == Linearizability.VIOLATED) {
                throw PropertyViolation.safety(LINEARIZABILITY, result.reason() + ", see " + file);
            }
            if (result.verdict() == Linearizability.HOLDS) {
                Files.delete(file);
            }
            return result.verdict();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunReport report(
            RunParameters run,
            @Nullable SimulatedCluster cluster,
            Linearizability verdict,
            @Nullable Violation violation) {
        if (cluster == null) {
            return new RunReport(run, Optional.ofNullable(violation), verdict, Map.of(), Map.of());
        }
        cluster.add(RunMetric.OPERATIONS_UNANSWERED, cluster.workload().unanswered());
        return new RunReport(run, Optional.ofNullable(violation), verdict, cluster.faults(), cluster.metrics());
    }

    private static String text(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return failure + (stack.length == 0 ? "" : " at " + stack[0]);
    }
}
