package io.orderly.coordinator.client.autoconfigure;

import io.orderly.coordinator.client.CoordinatorClient;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up if a quorum answers a read. */
final class CoordinatorHealthIndicator implements HealthIndicator {

    private final CoordinatorClient client;
    private final Duration timeout;

    CoordinatorHealthIndicator(CoordinatorClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    @Override
    public Health health() {
        Optional<Duration> answered = client.ping(timeout);
        Health.Builder health = answered.isPresent() ? Health.up() : Health.down();
        answered.ifPresent(duration -> health.withDetail("read", duration.toMillis() + " ms"));
        return health.withDetail("failovers", client.failovers()).build();
    }
}
