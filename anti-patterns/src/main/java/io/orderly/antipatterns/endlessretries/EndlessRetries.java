package io.orderly.antipatterns.endlessretries;

import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.orderly.antipatterns.AntiPattern;
import io.orderly.antipatterns.ConditionalOnAntiPattern;
import io.orderly.payment.charging.ProviderGuard;
import io.orderly.payment.charging.RequestRefusedException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Primary;

/**
 * Anti-pattern: failed calls are retried immediately until they succeed. Each try has a time limit, and rejected
 * requests are not retried; but there is no back-off, no limit of retries, and no circuit breaker.
 */
@Primary
@ConditionalOnAntiPattern(AntiPattern.ENDLESS_RETRIES)
final class EndlessRetries implements ProviderGuard, AutoCloseable {

    /** The name of the payment-service's Resilience4j instances for calls to the provider. */
    private static final String PROVIDER = "provider";

    private final TimeLimiter timeLimiter;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    EndlessRetries(TimeLimiterRegistry timeLimiters) {
        this.timeLimiter = timeLimiters.timeLimiter(PROVIDER);
    }

    @Override
    public <T> T call(Callable<T> attempt) throws Exception {
        while (true) {
            try {
                return timeLimiter.executeFutureSupplier(() -> threads.submit(attempt));
            } catch (RequestRefusedException | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                if (threads.isShutdown()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public int permits() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void onPermitChange(Runnable action) {}

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
