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
 * Stands between this service and the provider: {@code breaker( retry( bulkhead( time limit( call ))))}, from the outside
 * in, composed by hand because the order is the point.
 *
 * <ul>
 *   <li>The breaker is outermost, so a payment that fails three tries is one failure and not three: its threshold counts
 *       payments, and one unlucky payment cannot fill a tenth of the window. The price: it hears of an outage only when the
 *       first tries have been used up. Annotations would put the retry outside the breaker.
 *   <li>The retry is outside the bulkhead, so that a payment that rests between two tries keeps no place from others.
 *   <li>The time limit is innermost, so that it bounds one try, and frees its place.
 * </ul>
 */
@Component
final class ResilientGuard implements ProviderGuard, AutoCloseable {

    private static final String NAME = "provider";

    private final CircuitBreaker breaker;
    private final Retry retry;
    private final Bulkhead bulkhead;
    private final TimeLimiter timeLimiter;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ResilientGuard(
            CircuitBreakerRegistry breakers,
            RetryRegistry retries,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry timeLimiters) {
        this.breaker = breakers.circuitBreaker(NAME);
        this.retry = retries.retry(NAME);
        this.bulkhead = bulkheads.bulkhead(NAME);
        this.timeLimiter = timeLimiters.timeLimiter(NAME);
    }

    /**
     * @throws io.github.resilience4j.circuitbreaker.CallNotPermittedException if no try was made, since the provider has
     *     been away
     */
    @Override
    public <T> T call(Callable<T> attempt) throws Exception {
        return breaker.executeCallable(() -> retry.executeCallable(() ->
                bulkhead.executeCallable(() -> timeLimiter.executeFutureSupplier(() -> threads.submit(attempt)))));
    }

    /** None while the breaker is open, a few while it feels its way. */
    @Override
    public int permits() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> Integer.MAX_VALUE;
            case HALF_OPEN -> breaker.getCircuitBreakerConfig().getPermittedNumberOfCallsInHalfOpenState();
            case OPEN, FORCED_OPEN -> 0;
        };
    }

    @Override
    public void onChange(Runnable action) {
        breaker.getEventPublisher().onStateTransition(_ -> action.run());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
