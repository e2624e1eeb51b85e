package io.orderly.coordinator.member;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A thread that repeats a job while there is work for it. */
final class Worker implements AutoCloseable {

    private static final long CLOSE_SECONDS = 10;

    /** The job of a worker, on its thread. */
    interface Job {

        boolean hasWork();

        /** Does a part of the work. */
        void work() throws Exception;
    }

    private final Job job;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private volatile boolean isClosed;

    /** When the current part began; 0 if there is none. */
    private volatile long busySinceNanos;

    /** @param onFailure called once if the job fails; it does no more work then */
    Worker(String name, Job job, Consumer<Throwable> onFailure) {
        this.job = job;
        this.onFailure = onFailure;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** There may be work. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** How long the current part of the work has taken. */
    long busyNanos(long nowNanos) {
        long since = busySinceNanos;
        return since == 0 ? 0 : Math.max(0, nowNanos - since);
    }

    private void run() {
        try {
            while (!isClosed) {
                if (job.hasWork()) {
                    busySinceNanos = System.nanoTime() | 1;
                    job.work();
                    busySinceNanos = 0;
                } else {
                    LockSupport.park(this);
                }
            }
        } catch (Exception | Error e) {
            onFailure.accept(e);
        }
    }

    /** Ends after the current part. */
    @Override
    public void close() {
        isClosed = true;
        wake();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
