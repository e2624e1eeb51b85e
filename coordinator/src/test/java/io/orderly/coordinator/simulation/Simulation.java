package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.simulation.history.History;
import io.orderly.coordinator.simulation.history.Judgement;
import io.orderly.coordinator.simulation.history.LinearizabilityChecker;
import io.orderly.coordinator.simulation.history.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run: clients work while faults come, then faults end and progress must return, then the history is judged.
 */
public final class Simulation implements Simulator {

    private static final int OPERATIONS_UNDER_FAULTS = 400;
    private static final int OPERATIONS_AFTERWARDS = 30;
    private static final int FEWEST_OPERATIONS = 200;
    private static final long POLL_MICROS = 20_000;
    private static final long PATIENCE_MICROS = 60_000_000;

    /** Longer than any message takes. */
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
    public RunReport run(Run run, Trace trace) {
        Cluster cluster = null;
        try {
            cluster = new Cluster(run, trace);
            play(cluster, run.faults());
            Verdict verdict = judge(run, cluster);
            return report(run, cluster, verdict, null);
        } catch (BrokenPromise e) {
            Verdict verdict = e.violation().promise().equals(LINEARIZABILITY) ? Verdict.VIOLATED : Verdict.NOT_DECIDED;
            return report(run, cluster, verdict, e.violation());
        } catch (RuntimeException | AssertionError e) {
            return report(
                    run, cluster, Verdict.NOT_DECIDED, new Violation(Phase.SAFETY, "the code does not fail", text(e)));
        }
    }

    private static void play(Cluster cluster, Set<FaultKind> forced) {
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
                throw new BrokenPromise(Phase.PROGRESS, PROGRESS, missing);
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
        cluster.add(Figure.VIRTUAL_SECONDS, time.nowMicros() / 1_000_000);
    }

    /** @return what has not returned yet; empty if all has */
    private static String missing(Cluster cluster) {
        String clients = cluster.workload().missing();
        if (!clients.isEmpty()) {
            return clients;
        }
        if (!cluster.administrators().areIdle()) {
            return "a node is not replaced yet; members are %s"
                    .formatted(cluster.promises().membership());
        }
        for (Host host : cluster.hosts()) {
            if (!cluster.promises().membership().isMember(host.id())) {
                continue;
            }
            Status status = host.status();
            if (status == null) {
                return host.id() + " is down";
            }
            if (!status.faulty().isEmpty()) {
                return "%s has corrupt slots %s".formatted(host.id(), status.faulty());
            }
            if (status.applied() < cluster.promises().highestDecided()) {
                return "%s has applied %d of %d slots"
                        .formatted(
                                host.id(), status.applied(), cluster.promises().highestDecided());
            }
        }
        return "";
    }

    private static Verdict judge(Run run, Cluster cluster) {
        History history = cluster.workload().history();
        try {
            Path file = Files.createTempFile(folder(), run.fileName() + "-", ".history");
            history.write(file);
            Judgement judgement = new LinearizabilityChecker(MAX_CONFIGURATIONS).check(history);
            cluster.add(
                    Figure.OPERATIONS_CHECKED,
                    Math.max(judgement.operations(), cluster.workload().answered()));
            if (judgement.verdict() == Verdict.VIOLATED) {
                throw BrokenPromise.safety(LINEARIZABILITY, judgement.reason() + ", see " + file);
            }
            if (judgement.verdict() == Verdict.HOLDS) {
                Files.delete(file);
            }
            return judgement.verdict();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunReport report(
            Run run, @Nullable Cluster cluster, Verdict verdict, @Nullable Violation violation) {
        if (cluster == null) {
            return new RunReport(run, Optional.ofNullable(violation), verdict, Map.of(), Map.of());
        }
        cluster.add(Figure.OPERATIONS_UNANSWERED, cluster.workload().unanswered());
        return new RunReport(run, Optional.ofNullable(violation), verdict, cluster.faults(), cluster.figures());
    }

    private static String text(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return failure + (stack.length == 0 ? "" : " at " + stack[0]);
    }
}
