package io.orderly.payment.charging;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/**
 * Composes the Resilience4j decorators as {@code breaker(retry(bulkhead(timeLimiter(call))))}, from outermost to
 * innermost. They are composed in code because the order matters:
 *
 * <ul>
 *   <li>The breaker is outermost, so a payment that fails three tries is one failure: the breaker's threshold counts
 *       payments, and a single payment cannot contribute several failures to the window. The cost is that the breaker
 *       records an outage only after the first retries are exhausted. Annotations would put the retry outside the
 *       breaker.
 *   <li>The retry is outside the bulkhead, so a payment that waits between two tries does not occupy a bulkhead slot.
 *   <li>The time limiter is innermost, so it limits a single try and frees its slot.
 * </ul>
 *
 * The limits of the retry are settings that can change while the service runs: a call that has begun keeps those of its
 * begin. So the retry is not configured under {@code resilience4j.retry}, and the service does not start if it is.
 */
@Component
final class ResilientGuard implements ProviderGuard, AutoCloseable {

    private static final String NAME = "provider";

    private final CircuitBreaker breaker;
    private final RetryRegistry retries;
    private final SettlementSettings settings;
    private final Bulkhead bulkhead;
    private final TimeLimiter timeLimiter;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Current current;

    /** The retry of calls that begin now, and its limits. */
    private record Current(Tries tries, Retry retry) {}

    ResilientGuard(
            CircuitBreakerRegistry breakers,
            RetryRegistry retries,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry timeLimiters,
            SettlementSettings settings) {
        this.breaker = breakers.circuitBreaker(NAME);
        this.retries = retries;
        this.settings = settings;
        this.bulkhead = bulkheads.bulkhead(NAME);
        this.timeLimiter = timeLimiters.timeLimiter(NAME);
        if (retries.find(NAME).isPresent()) {
            throw new IllegalStateException(
                    "resilience4j.retry.instances." + NAME
                            + " has no effect, remove it: the limits are orderly.payment.max-tries and orderly.payment.delay-between-tries");
        }
        Tries tries = settings.tries();
        this.current = new Current(tries, retries.retry(NAME, tries.config()));
    }

    /**
     * @throws io.github.resilience4j.circuitbreaker.CallNotPermittedException if the breaker is open and no try was
     *     made
     */
    @Override
    public <T> T call(Callable<T> attempt) throws Exception {
        Retry retry = retry();
        return breaker.executeCallable(() -> retry.executeCallable(() ->
                bulkhead.executeCallable(() -> timeLimiter.executeFutureSupplier(() -> threads.submit(attempt)))));
    }

    private synchronized Retry retry() {
        Tries tries = settings.tries();
        if (!tries.equals(current.tries())) {
            current = replace(tries);
        }
        return current.retry();
    }

    /** Replaces the retry in the registry too, because its metrics are those of the registered one. */
    private Current replace(Tries tries) {
        Retry retry = Retry.of(NAME, tries.config());
        retries.replace(NAME, retry);
        return new Current(tries, retry);
    }

    /** 0 while the breaker is open, and the number of trial calls while it is half-open. */
    @Override
    public int permits() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> Integer.MAX_VALUE;
            case HALF_OPEN -> breaker.getCircuitBreakerConfig().getPermittedNumberOfCallsInHalfOpenState();
            case OPEN, FORCED_OPEN -> 0;
        };
    }

    @Override
    public void onPermitChange(Runnable action) {
        breaker.getEventPublisher().onStateTransition(_ -> action.run());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
