package io.orderly.stack.process;

import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process of the system that can be started and stopped repeatedly. Thread-safe; starts and stops are mutually
 * exclusive.
 */
public final class ManagedProcess {

    private static final Duration STOP_GRACE = Duration.ofSeconds(20);
    private static final Duration POLL_PAUSE = Duration.ofMillis(100);
    private static final int LOG_LINES_SHOWN = 25;

    private final ProcessPlan plan;
    private final ProcessFolder folder;
    private final List<String> dependents;
    private final Consumer<String> onUnexpectedExit;

    private volatile @Nullable Incarnation current;
    private boolean retired;

    /**
     * A process instance from its start to its exit. Each incarnation records whether its exit was requested, because
     * the notification of an exit may arrive after the next start.
     */
    private static final class Incarnation {

        private final LeashedProcess process;
        private volatile boolean exitRequested;

        Incarnation(LeashedProcess process) {
            this.process = process;
        }
    }

    /**
     * @param dependents the names of the processes that depend on this process
     * @param onUnexpectedExit called with the exit code and the end of the log when the process exits unexpectedly
     */
    ManagedProcess(ProcessPlan plan, ProcessFolder folder, List<String> dependents, Consumer<String> onUnexpectedExit) {
        this.plan = plan;
        this.folder = folder;
        this.dependents = List.copyOf(dependents);
        this.onUnexpectedExit = onUnexpectedExit;
    }

    public String name() {
        return plan.name();
    }

    public ProcessPlan plan() {
        return plan;
    }

    public Path log() {
        return folder.log(name());
    }

    /** The pid, if the process is running. */
    public OptionalLong pid() {
        Incarnation incarnation = current;
        return incarnation == null || !incarnation.process.isAlive()
                ? OptionalLong.empty()
                : OptionalLong.of(incarnation.process.pid());
    }

    /**
     * Starts the process without waiting for its readiness.
     *
     * @throws ProcessFailure if its command line cannot be created, or the system is being stopped
     * @throws IllegalStateException if it is already running
     */
    public synchronized void start() {
        if (retired) {
            throw new ProcessFailure(name() + " was not started: the system is being stopped");
        }
        if (pid().isPresent()) {
            throw new IllegalStateException(name() + " is already running");
        }
        Incarnation started = new Incarnation(LeashedProcess.start(new ProcessSpec(
                command(), plan.environment(), log(), folder.pid(name()), dependents, plan.stopSignal(), STOP_GRACE)));
        current = started;
        started.process.onExit().thenAccept(_ -> {
            if (!started.exitRequested) {
                onUnexpectedExit.accept(explanation(started));
            }
        });
    }

    /**
     * Waits until the process is ready.
     *
     * @throws ProcessFailure if it exits first, or is not ready in time; the message contains the end of its log
     */
    public void awaitReady(Duration timeout) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        while (!isReady()) {
            Incarnation incarnation = current;
            if (incarnation == null || !incarnation.process.isAlive()) {
                throw new ProcessFailure(name() + " exited before it was ready" + explanation(incarnation));
            }
            if (System.nanoTime() - giveUpNanos > 0) {
                throw new ProcessFailure("%s is not ready after %d s%s"
                        .formatted(name(), timeout.toSeconds(), explanation(incarnation)));
            }
            Thread.sleep(POLL_PAUSE);
        }
        plan.onReady().run();
    }

    /**
     * Stops the process gracefully, and forcibly after a grace period; returns when it has exited. No effect if it is
     * not running.
     */
    public synchronized void stop() {
        Incarnation incarnation = current;
        if (incarnation != null) {
            incarnation.exitRequested = true;
            incarnation.process.stop();
        }
    }

    /** Like {@link #stop()}, and prevents any further start, including starts in other threads. */
    synchronized void retire() {
        retired = true;
        stop();
    }

    /** Kills the process with SIGKILL, like a crash; returns when it has exited. */
    public synchronized void kill() {
        Incarnation incarnation = current;
        if (incarnation != null) {
            incarnation.exitRequested = true;
            incarnation.process.kill();
        }
    }

    /**
     * Like {@link #kill()}, including its child processes: not all children of PostgreSQL's postmaster detect its
     * death.
     */
    public synchronized void killWithChildren() {
        List<ProcessHandle> children = pid().stream()
                .boxed()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(ProcessHandle::descendants)
                .toList();
        kill();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** Stops the process gracefully and starts it again. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** The exit code, if the process has exited, and the end of its log, for messages. */
    private String explanation(@Nullable Incarnation incarnation) {
        String exit = incarnation == null || incarnation.process.isAlive()
                ? ""
                : " (exit code " + incarnation.process.onExit().join() + ")";
        return "%s; the end of %s:%n%s"
                .formatted(
                        exit, log(), folder.lastLines(name(), LOG_LINES_SHOWN).indent(4));
    }

    private boolean isReady() throws InterruptedException {
        try {
            return plan.readiness().isReady();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception notYet) {
            return false;
        }
    }

    private List<String> command() {
        try {
            return plan.command().call();
        } catch (Exception e) {
            throw new ProcessFailure(name() + " cannot be started: " + e.getMessage(), e);
        }
    }
}
