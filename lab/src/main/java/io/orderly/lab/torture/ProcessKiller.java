package io.orderly.lab.torture;

import io.orderly.lab.torture.KillSchedule.Kill;
import io.orderly.lab.torture.TortureReport.KillOutcome;
import io.orderly.stack.Topology;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Carries out a schedule, each kill while orders are in flight, and writes down what came of it. */
final class ProcessKiller {

    private static final Duration POLL = Duration.ofMillis(1);

    /** How long to wait for an order to be in flight and enough processes to be up. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Processes that handle messages themselves. */
    private static final Set<String> SERVICES =
            Set.of(Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING);

    private final ProcessRestarter keeper;
    private final FirstMessageDetector signs;
    private final IntSupplier ordersInFlight;
    private final int mostDown;
    private final PrintStream out;
    private final List<Execution> executions = new ArrayList<>();

    /** @param mostDown how many processes may be away at the same time */
    ProcessKiller(
            ProcessRestarter keeper,
            FirstMessageDetector signs,
            IntSupplier ordersInFlight,
            int mostDown,
            PrintStream out) {
        this.keeper = keeper;
        this.signs = signs;
        this.ordersInFlight = ordersInFlight;
        this.mostDown = mostDown;
        this.out = out;
    }

    /** A kill, what is known of it at once, and what will be; times are those of {@link System#nanoTime}. */
    private record Execution(
            int number,
            String process,
            long pid,
            Instant at,
            long atNanos,
            int ordersInFlight,
            Duration downtime,
            CompletableFuture<Long> readyAtNanos,
            CompletableFuture<@Nullable Long> handlingAtNanos) {

        /** Whether this process was away, or had not yet handled anything, at some time in between. */
        boolean overlaps(long fromNanos, long toNanos) {
            Long ready = readyAtNanos.getNow(null);
            return atNanos - toNanos < 0 && (ready == null || ready - fromNanos > 0);
        }
    }

    void carryOut(KillSchedule schedule) throws InterruptedException {
        long beginNanos = System.nanoTime();
        for (Kill kill : schedule.kills()) {
            long waitNanos = beginNanos + kill.at().toNanos() - System.nanoTime();
            Thread.sleep(Duration.ofNanos(Math.max(0, waitNanos)));
            carryOut(kill);
        }
    }

    private void carryOut(Kill kill) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - giveUpNanos < 0) {
            int inFlight = ordersInFlight.getAsInt();
            if (inFlight > 0 && mayKill()) {
                for (String candidate : kill.candidates()) {
                    if (killed(candidate, kill.downtime(), inFlight)) {
                        return;
                    }
                }
            }
            Thread.sleep(POLL);
        }
        say("nobody could be killed at work");
    }

    private boolean mayKill() {
        return keeper.down() < mostDown
                && (mostDown > 1
                        || executions.stream()
                                .allMatch(
                                        execution -> execution.handlingAtNanos().isDone()));
    }

    private boolean killed(String process, Duration downtime, int inFlight) {
        long atNanos = System.nanoTime();
        OptionalLong pid = keeper.kill(process);
        if (pid.isEmpty()) {
            return false;
        }
        Instant dead = Instant.now();
        int number = executions.size() + 1;
        say("kill %2d  %-17s pid %-7d %4d orders in flight, down for %.1f s"
                .formatted(number, process, pid.getAsLong(), inFlight, downtime.toMillis() / 1e3));

        // a life that ends before it has handled anything never will
        executions.stream()
                .filter(earlier -> earlier.process().equals(process))
                .forEach(earlier -> earlier.handlingAtNanos().complete(null));

        var readyAtNanos = new CompletableFuture<Long>();
        keeper.restart(process, downtime, () -> readyAtNanos.complete(System.nanoTime()));
        // A service may handle messages before it calls itself ready. What services do says something of a backend only
        // then.
        CompletableFuture<@Nullable Long> handlingAtNanos = SERVICES.contains(process)
                ? signs.await(process, dead)
                : readyAtNanos.thenCompose(_ -> signs.await(null, Instant.now()));
        readyAtNanos.thenAcceptBoth(
                handlingAtNanos,
                (ready, handling) -> say("back     %-17s ready after %.1f s, %s"
                        .formatted(
                                process,
                                (ready - atNanos) / 1e9,
                                handling == null
                                        ? "killed again before any message was handled"
                                        : "first message handled %.1f s later"
                                                .formatted(Math.max(0, handling - ready) / 1e9))));
        executions.add(new Execution(
                number, process, pid.getAsLong(), dead, atNanos, inFlight, downtime, readyAtNanos, handlingAtNanos));
        return true;
    }

    /** What is known by now. */
    List<KillOutcome> deaths() {
        return executions.stream().map(this::death).toList();
    }

    private KillOutcome death(Execution execution) {
        Long ready = execution.readyAtNanos().getNow(null);
        Long handling = execution.handlingAtNanos().getNow(null);
        return new KillOutcome(
                execution.number(),
                execution.process(),
                execution.pid(),
                execution.at(),
                execution.ordersInFlight(),
                execution.downtime(),
                between(execution.atNanos(), ready),
                ready == null ? null : between(ready, handling),
                ready != null && handling != null && isUndisturbed(execution, ready, handling));
    }

    private boolean isUndisturbed(Execution execution, long readyNanos, long handlingNanos) {
        return executions.stream().noneMatch(other -> other != execution && other.overlaps(readyNanos, handlingNanos));
    }

    private static @Nullable Duration between(long fromNanos, @Nullable Long toNanos) {
        return toNanos == null ? null : Duration.ofNanos(Math.max(0, toNanos - fromNanos));
    }

    private void say(String line) {
        out.printf("%s  %s%n", LocalTime.now().truncatedTo(ChronoUnit.MILLIS), line);
    }
}
