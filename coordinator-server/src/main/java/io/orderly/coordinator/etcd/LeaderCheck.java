package io.orderly.coordinator.etcd;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets a {@link LeaderRequirement} check the leader at intervals. */
final class LeaderCheck implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 100;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("leader-check").daemon().factory());
    private final LeaderRequirement requirement;

    LeaderCheck(LeaderRequirement requirement) {
        this.requirement = requirement;
    }

    void start() {
        timer.scheduleWithFixedDelay(
                () -> requirement.check(System.nanoTime()), 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
