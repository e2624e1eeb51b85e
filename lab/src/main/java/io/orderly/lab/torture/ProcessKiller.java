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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Executes kills while orders are in flight, and records the results. Kills of single processes are thread-safe. */
final class ProcessKiller {

    private static final Duration POLL = Duration.ofMillis(1);

    /** The maximum wait for an order in flight and enough running processes. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** The processes that handle messages. */
    private static final Set<String> SERVICES =
            Set.of(Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING);

    private final ProcessRestarter restarter;
    private final FirstMessageDetector firstMessages;
    private final IntSupplier ordersInFlight;
    private final int mostDown;
    private final PrintStream out;
    private final List<ExecutedKill> executedKills = new ArrayList<>();

    /** @param mostDown how many processes may be down at the same time */
    ProcessKiller(
            ProcessRestarter restarter,
            FirstMessageDetector firstMessages,
            IntSupplier ordersInFlight,
            int mostDown,
            PrintStream out) {
        this.restarter = restarter;
        this.firstMessages = firstMessages;
        this.ordersInFlight = ordersInFlight;
        this.mostDown = mostDown;
        this.out = out;
    }

    /**
     * A kill, the state at that time, and the completion of its recovery; times are values of {@link System#nanoTime}.
     */
    private record ExecutedKill(
            int number,
            String process,
            long pid,
            Instant at,
            long atNanos,
            int ordersInFlight,
            Duration downtime,
            CompletableFuture<Long> readyAtNanos,
            CompletableFuture<@Nullable Long> handlingAtNanos) {

        /** Whether this process was down in the interval. */
        boolean overlaps(long fromNanos, long toNanos) {
            Long ready = readyAtNanos.getNow(null);
            return atNanos - toNanos < 0 && (ready == null || ready - fromNanos > 0);
        }
    }

    void execute(KillSchedule schedule) throws InterruptedException {
        long beginNanos = System.nanoTime();
        for (Kill kill : schedule.kills()) {
            long waitNanos = beginNanos + kill.at().toNanos() - System.nanoTime();
            Thread.sleep(Duration.ofNanos(Math.max(0, waitNanos)));
            execute(kill);
        }
    }

    private void execute(Kill kill) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() - giveUpNanos < 0) {
            int inFlight = ordersInFlight.getAsInt();
            if (inFlight > 0 && mayKill()) {
                for (String candidate : kill.candidates()) {
                    if (execute(candidate, kill.downtime(), inFlight).isPresent()) {
                        return;
                    }
                }
            }
            Thread.sleep(POLL);
        }
        say("no process could be killed with orders in flight");
    }

    /**
     * Kills a process as soon as an order is in flight, and restarts it.
     *
     * @return completed when it is ready again; empty if it was not up
     */
    Optional<CompletableFuture<Long>> kill(String process, Duration downtime) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + TIMEOUT.toNanos();
        while (ordersInFlight.getAsInt() == 0 && System.nanoTime() - giveUpNanos < 0) {
            Thread.sleep(POLL);
        }
        return execute(process, downtime, ordersInFlight.getAsInt()).map(ExecutedKill::readyAtNanos);
    }

    private boolean mayKill() {
        return restarter.down() < mostDown
                && (mostDown > 1
                        || executedKills.stream()
                                .allMatch(kill -> kill.handlingAtNanos().isDone()));
    }

    /** @return empty if the process is not up */
    private synchronized Optional<ExecutedKill> execute(String process, Duration downtime, int inFlight) {
        long atNanos = System.nanoTime();
        OptionalLong pid = restarter.kill(process);
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        Instant dead = Instant.now();
        int number = executedKills.size() + 1;
        say("kill %2d  %-17s pid %-7d %4d orders in flight, restart in %.1f s"
                .formatted(number, process, pid.getAsLong(), inFlight, downtime.toMillis() / 1e3));

        // an earlier incarnation that has not handled a message will not handle any
        executedKills.stream()
                .filter(earlier -> earlier.process().equals(process))
                .forEach(earlier -> earlier.handlingAtNanos().complete(null));

        var readyAtNanos = new CompletableFuture<Long>();
        restarter.restart(process, downtime, () -> readyAtNanos.complete(System.nanoTime()));
        // A service may handle messages before it is ready. For a backend, only messages that are handled after it is
        // ready count.
        CompletableFuture<@Nullable Long> handlingAtNanos = SERVICES.contains(process)
                ? firstMessages.await(process, dead)
                : readyAtNanos.thenCompose(_ -> firstMessages.await(null, Instant.now()));
        readyAtNanos.thenAcceptBoth(
                handlingAtNanos,
                (ready, handling) -> say("restart  %-17s ready after %.1f s, %s"
                        .formatted(
                                process,
                                (ready - atNanos) / 1e9,
                                handling == null
                                        ? "killed again before the first message was handled"
                                        : "first message handled %.1f s later"
                                                .formatted(Math.max(0, handling - ready) / 1e9))));
        var executed = new ExecutedKill(
                number, process, pid.getAsLong(), dead, atNanos, inFlight, downtime, readyAtNanos, handlingAtNanos);
        executedKills.add(executed);
        return Optional.of(executed);
    }

    /** The results so far. */
    synchronized List<KillOutcome> deaths() {
        return executedKills.stream().map(this::outcome).toList();
    }

    private KillOutcome outcome(ExecutedKill kill) {
        Long ready = kill.readyAtNanos().getNow(null);
        Long handling = kill.handlingAtNanos().getNow(null);
        return new KillOutcome(
                kill.number(),
                kill.process(),
                kill.pid(),
                kill.at(),
                kill.ordersInFlight(),
                kill.downtime(),
                between(kill.atNanos(), ready),
                ready == null ? null : between(ready, handling),
                ready != null && handling != null && isUndisturbed(kill, ready, handling));
    }

    private boolean isUndisturbed(ExecutedKill kill, long readyNanos, long handlingNanos) {
        return executedKills.stream().noneMatch(other -> other != kill && other.overlaps(readyNanos, handlingNanos));
    }

    private static @Nullable Duration between(long fromNanos, @Nullable Long toNanos) {
        return toNanos == null ? null : Duration.ofNanos(Math.max(0, toNanos - fromNanos));
    }

    private void say(String line) {
        out.printf("%s  %s%n", LocalTime.now().truncatedTo(ChronoUnit.MILLIS), line);
    }
}
