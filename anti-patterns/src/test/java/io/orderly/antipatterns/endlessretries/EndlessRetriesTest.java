package io.orderly.antipatterns.endlessretries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.orderly.payment.charging.ProviderUnavailableException;
import io.orderly.payment.charging.RequestRefusedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndlessRetriesTest {

    private final EndlessRetries guard = new EndlessRetries(TimeLimiterRegistry.of(
            TimeLimiterConfig.custom().timeoutDuration(Duration.ofMinutes(1)).build()));

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void callsAreRetriedUntilTheySucceedWithoutLimitingOthers() throws Exception {
        var tries = new AtomicInteger();

        String answer = guard.call(() -> {
            if (tries.incrementAndGet() < 1_000) {
                throw new ProviderUnavailableException("outage", new IllegalStateException());
            }
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        assertThat(tries).hasValue(1_000);
        assertThat(guard.permits()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void rejectedRequestsAreNotRetried() {
        assertThatExceptionOfType(RequestRefusedException.class)
                .isThrownBy(() -> guard.call(() -> {
                    throw new RequestRefusedException("no", new IllegalStateException());
                }));
    }

    @Test
    void retriesEndWhenTheServiceStops() {
        var tries = new AtomicInteger();

        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> guard.call(() -> {
                    if (tries.incrementAndGet() == 10) {
                        guard.close();
                    }
                    throw new ProviderUnavailableException("outage", new IllegalStateException());
                }));
    }
}
