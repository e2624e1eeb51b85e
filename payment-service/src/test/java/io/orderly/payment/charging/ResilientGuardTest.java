package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.orderly.kit.settings.LiveSettings;
import io.orderly.kit.testing.InMemorySettings;
import io.orderly.payment.PaymentProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ResilientGuardTest {

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(4)
            .minimumNumberOfCalls(4)
            .ignoreExceptions(BulkheadFullException.class)
            .build());
    private final CircuitBreaker breaker = breakers.circuitBreaker("provider");
    private final InMemorySettings store = new InMemorySettings();
    private final RetryRegistry retries = RetryRegistry.ofDefaults();
    // long enough for a slow machine; the test of the time limit uses its own guard
    private final ResilientGuard guard = guard(retries, Duration.ofMinutes(1));

    private ResilientGuard guard(RetryRegistry retries, Duration limit) {
        return new ResilientGuard(
                breakers,
                retries,
                BulkheadRegistry.of(
                        BulkheadConfig.custom().maxConcurrentCalls(1).build()),
                TimeLimiterRegistry.of(
                        TimeLimiterConfig.custom().timeoutDuration(limit).build()),
                new SettlementSettings(
                        new LiveSettings(store),
                        new Binder(new MapConfigurationPropertySource(
                                        Map.of("orderly.payment.delay-between-tries", "1ms")))
                                .bindOrCreate("orderly.payment", PaymentProperties.class)));
    }

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void threeFailedTriesCountAsOneFailure() {
        var tries = new AtomicInteger();

        assertThatExceptionOfType(ProviderUnavailableException.class)
                .isThrownBy(() -> guard.call(() -> failing(tries)));

        assertThat(tries).hasValue(3);
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void aChangedLimitOfTriesAppliesToTheNextCall() {
        var first = new AtomicInteger();
        assertThatExceptionOfType(ProviderUnavailableException.class)
                .isThrownBy(() -> guard.call(() -> {
                    store.store("payment.max-tries", "5");
                    return failing(first);
                }));
        assertThat(first).as("tries of the call that had begun").hasValue(3);

        var second = new AtomicInteger();
        assertThatExceptionOfType(ProviderUnavailableException.class)
                .isThrownBy(() -> guard.call(() -> failing(second)));
        assertThat(second).hasValue(5);
        assertThat(retries.retry("provider").getMetrics().getNumberOfFailedCallsWithRetryAttempt())
                .as("calls of the registered retry, which has the metrics")
                .isEqualTo(1);
    }

    @Test
    void aChangedDelayAppliesToTheNextCall() throws Exception {
        store.store("payment.delay-between-tries", "2s");

        guard.call(() -> "done");

        IntervalBiFunction<String> delay =
                retries.retry("provider").getRetryConfig().getIntervalBiFunction();
        assertThat(delay.apply(1, Either.left(new IOException())))
                .as("milliseconds with jitter")
                .isBetween(1_000L, 3_000L);
    }

    @Test
    void aCallThatSucceedsAfterRetriesCountsAsOneSuccess() throws Exception {
        var tries = new AtomicInteger();

        String answer = guard.call(() -> tries.incrementAndGet() < 3 ? failing(new AtomicInteger()) : "done");

        assertThat(answer).isEqualTo("done");
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
        assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
    }

    @Test
    void anOpenBreakerPermitsNoCalls() {
        for (int i = 0; i < 4; i++) {
            assertThatExceptionOfType(ProviderUnavailableException.class)
                    .isThrownBy(() -> guard.call(() -> failing(new AtomicInteger())));
        }
        var tries = new AtomicInteger();

        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> guard.call(tries::incrementAndGet));

        assertThat(tries).hasValue(0);
        assertThat(guard.permits()).isZero();
    }

    @Test
    void aCallThatExceedsTheTimeLimitIsCancelledAndFreesItsSlot() {
        var never = new CountDownLatch(1);
        var tries = new AtomicInteger();

        try (var shortGuard = guard(RetryRegistry.ofDefaults(), Duration.ofMillis(100))) {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> shortGuard.call(() -> {
                        tries.incrementAndGet();
                        never.await();
                        return "done";
                    }));
        }

        assertThat(tries).as("three tries in a bulkhead with one slot").hasValue(3);
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void aFailureThatIsNotOfTheProviderIsNotTriedAgain() {
        var tries = new AtomicInteger();

        assertThatExceptionOfType(RequestRefusedException.class)
                .isThrownBy(() -> guard.call(() -> {
                    tries.incrementAndGet();
                    throw new RequestRefusedException("refused", new IOException());
                }));

        assertThat(tries).hasValue(1);
    }

    @Test
    void refusesARetryThatIsConfiguredUnderResilience4j() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RetryAutoConfiguration.class))
                .withPropertyValues("resilience4j.retry.instances.provider.max-attempts=5")
                .run(context -> assertThatIllegalStateException()
                        .isThrownBy(() -> guard(context.getBean(RetryRegistry.class), Duration.ofMinutes(1)))
                        .withMessageContaining("orderly.payment.max-tries"));
    }

    private static String failing(AtomicInteger tries) {
        tries.incrementAndGet();
        throw new ProviderUnavailableException("outage", new IOException());
    }
}
