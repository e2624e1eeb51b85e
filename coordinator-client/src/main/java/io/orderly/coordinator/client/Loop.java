package io.orderly.coordinator.client;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a client: one for timers and state machines, which never waits; and virtual threads for requests and for the
 * application's callbacks. After it is closed, tasks are dropped.
 */
final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final ScheduledThreadPoolExecutor timers;
    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();

    Loop() {
        timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("coordinator-client").factory());
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs a task that does not wait, after all that were passed before. */
    void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    void after(Duration delay, Runnable task) {
        try {
            timers.schedule(() -> guarded(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            LOG.debug("the client is closed");
        }
    }

    /** Runs a task that may wait. Returns whether it runs. */
    boolean fork(Runnable task) {
        try {
            virtualThreads.execute(() -> guarded(task));
            return true;
        } catch (RejectedExecutionException _) {
            LOG.debug("the client is closed");
            return false;
        }
    }

    ExecutorService virtualThreads() {
        return virtualThreads;
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task of the coordinator's client failed", e);
        }
    }

    @Override
    public void close() {
        timers.shutdownNow();
        virtualThreads.shutdown();
    }
}
