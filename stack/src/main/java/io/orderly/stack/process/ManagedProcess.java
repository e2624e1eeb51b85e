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
 * One process of the system over its starts and ends. Safe for use by many threads; starting and ending exclude each
 * other.
 */
public final class ManagedProcess {

    private static final Duration STOP_GRACE = Duration.ofSeconds(20);
    private static final Duration POLL_PAUSE = Duration.ofMillis(100);
    private static final int LOG_LINES_SHOWN = 25;

    private final ProcessPlan plan;
    private final ProcessFolder folder;
    private final List<String> dependents;
    private final Consumer<String> onDeath;

    private volatile @Nullable Life current;
    private boolean retired;

    /**
     * From one start to its end. Each life knows of itself alone whether its end is wanted: the news of an end may come
     * when the next life has begun.
     */
    private static final class Life {

        private final LeashedProcess process;
        private volatile boolean endIsWanted;

        Life(LeashedProcess process) {
            this.process = process;
        }
    }

    /**
     * @param dependents the names of the processes that need this one
     * @param onDeath told, when the process ends unasked, how it ended and what it said last
     */
    ManagedProcess(ProcessPlan plan, ProcessFolder folder, List<String> dependents, Consumer<String> onDeath) {
        this.plan = plan;
        this.folder = folder;
        this.dependents = List.copyOf(dependents);
        this.onDeath = onDeath;
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

    /** The pid, if it runs. */
    public OptionalLong pid() {
        Life life = current;
        return life == null || !life.process.isAlive() ? OptionalLong.empty() : OptionalLong.of(life.process.pid());
    }

    /**
     * Starts the process; it is not ready yet when this returns.
     *
     * @throws ProcessFailure if its command line cannot be made, or the whole system is being stopped
     * @throws IllegalStateException if it runs already
     */
    public synchronized void start() {
        if (retired) {
            throw new ProcessFailure(name() + " is not started: the system is being stopped");
        }
        if (pid().isPresent()) {
            throw new IllegalStateException(name() + " runs already");
        }
        Life begun = new Life(LeashedProcess.start(new ProcessSpec(
                command(), plan.environment(), log(), folder.pid(name()), dependents, plan.stopSignal(), STOP_GRACE)));
        current = begun;
        begun.process.onExit().thenAccept(_ -> {
            if (!begun.endIsWanted) {
                onDeath.accept(explanation(begun));
            }
        });
    }

    /**
     * Returns when the process is ready.
     *
     * @throws ProcessFailure if it ends before, with the end of its log, or is not ready in time
     */
    public void awaitReady(Duration timeout) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        while (!isReady()) {
            Life life = current;
            if (life == null || !life.process.isAlive()) {
                throw new ProcessFailure(name() + " ended before it was ready" + explanation(life));
            }
            if (System.nanoTime() - giveUpNanos > 0) {
                throw new ProcessFailure(
                        "%s is not ready after %d s%s".formatted(name(), timeout.toSeconds(), explanation(life)));
            }
            Thread.sleep(POLL_PAUSE);
        }
        plan.onReady().run();
    }

    /** Ends the process in its own way, by force after a grace period; returns when it is gone. Not running is fine. */
    public synchronized void stop() {
        Life life = current;
        if (life != null) {
            life.endIsWanted = true;
            life.process.stop();
        }
    }

    /** Like {@link #stop()}, and lets it start no more: a start that is under way elsewhere does not slip through. */
    synchronized void retire() {
        retired = true;
        stop();
    }

    /** Ends the process with SIGKILL, as a crash would; returns when it is gone. */
    public synchronized void kill() {
        Life life = current;
        if (life != null) {
            life.endIsWanted = true;
            life.process.kill();
        }
    }

    /** Like {@link #kill()}, with all that it has started itself: the death of PostgreSQL's postmaster alone is not noticed by all. */
    public synchronized void killWithChildren() {
        List<ProcessHandle> children = pid().stream()
                .boxed()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(ProcessHandle::descendants)
                .toList();
        kill();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends the process in its own way and starts it again. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** How a life ended, if it has, and what the process said last; for messages. */
    private String explanation(@Nullable Life life) {
        String exit = life == null || life.process.isAlive()
                ? ""
                : " (exit code " + life.process.onExit().join() + ")";
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
