package io.orderly.payment.charging;

import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.orderly.kit.antipattern.AntiPattern;
import io.orderly.kit.antipattern.ConditionalOnAntiPattern;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * An anti-pattern: what has failed is tried again at once, until it succeeds. Each try has its time limit, and what the provider
 * refuses for good is not repeated; but nobody rests, nobody gives up, and nobody notices that everybody fails.
 */
@Primary
@Component
@ConditionalOnAntiPattern(AntiPattern.ENDLESS_RETRIES)
final class EndlessRetries implements ProviderGuard, AutoCloseable {

    private final TimeLimiter timeLimiter;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    EndlessRetries(TimeLimiterRegistry timeLimiters) {
        this.timeLimiter = timeLimiters.timeLimiter(ResilientGuard.NAME);
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
    public void onChange(Runnable action) {}

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
