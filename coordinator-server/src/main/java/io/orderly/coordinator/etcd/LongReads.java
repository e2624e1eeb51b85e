package io.orderly.coordinator.etcd;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread for hashes, backups and lists of leases. There is only one, so that these use at most one processor. */
final class LongReads implements AutoCloseable {

    private static final int MAX_WAITING = 256;

    private final ExecutorService executor = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("long-reads").daemon().factory());

    /** Rejects work if too much is waiting. */
    Executor executor() {
        return executor;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
