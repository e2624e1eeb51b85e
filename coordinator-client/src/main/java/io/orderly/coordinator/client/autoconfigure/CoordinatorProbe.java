package io.orderly.coordinator.client.autoconfigure;

import io.orderly.coordinator.client.CoordinatorClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a warning when the coordinator cannot be reached, and a line when it can be reached. It asks regularly, since a client that only
 * watches keys makes no requests.
 */
final class CoordinatorProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorProbe.class);

    private final CoordinatorClient client;
    private final List<String> endpoints;
    private final Duration timeout;
    private final Duration patience;
    private final Reachability reachability;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("coordinator-probe").factory());

    /** The first probe is after the interval, so that the start of the application does not wait for it. */
    CoordinatorProbe(CoordinatorClient client, CoordinatorClientProperties properties) {
        this.client = client;
        endpoints = properties.endpoints();
        timeout = properties.healthTimeout();
        patience = properties.unreachableAfter();
        reachability = new Reachability(patience, System.nanoTime());
        long interval = properties.probeInterval().toNanos();
        timer.scheduleWithFixedDelay(this::probe, interval, interval, TimeUnit.NANOSECONDS);
    }

    private void probe() {
        boolean answered = client.ping(timeout).isPresent();
        if (timer.isShutdown()) {
            return;
        }
        switch (reachability.probed(answered, System.nanoTime())) {
            case NOTHING -> {}
            case REACHED -> LOG.info("the coordinator is reached: {}", endpoints);
            case UNREACHABLE ->
                LOG.warn(
                        "the coordinator cannot be reached: no member of {} has answered a read for {} s. Settings keep "
                                + "their last known values; locks and elections are not obtained",
                        endpoints,
                        patience.toSeconds());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
