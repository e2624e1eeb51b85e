package io.orderly.lab.campaign;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C an orderly end: the thread that experiments is interrupted, and the JVM waits until it has healed what it broke,
 * ended what it started and written down what it knows.
 */
final class GracefulShutdown implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Thread experimenter = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "early end");

    /** From now on, for the thread that calls it. */
    GracefulShutdown() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        over.countDown();
    }

    private void end() {
        if (over.getCount() == 0) {
            return;
        }
        System.err.println("\nEnding early: healing, ending all processes, and writing down what is known…");
        experimenter.interrupt();
        try {
            if (!over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("Some of it could not be done in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
