package io.orderly.lab.campaign;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Handles Ctrl-C: interrupts the thread that runs the experiment, and delays the JVM's exit until that thread has
 * healed all faults, stopped all processes and written the report.
 */
final class GracefulShutdown implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Thread experimentThread = Thread.currentThread();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "graceful shutdown");

    /** Registers the shutdown hook for the calling thread. */
    GracefulShutdown() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        finished.countDown();
    }

    private void end() {
        if (finished.getCount() == 0) {
            return;
        }
        System.err.println("\nInterrupted: healing all faults, stopping all processes and writing the report…");
        experimentThread.interrupt();
        try {
            if (!finished.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("The shutdown was not completed in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
