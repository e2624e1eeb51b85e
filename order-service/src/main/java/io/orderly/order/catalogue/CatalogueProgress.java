package io.orderly.order.catalogue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Waits until the copy of the catalogue contains what a client has seen at another service. Thread-safe. */
@Component
@EnableConfigurationProperties(CatalogueProperties.class)
public class CatalogueProgress {

    private final CatalogueProducts products;
    private final CatalogueProperties properties;
    private final Semaphore places;
    private final Timer caughtUp;
    private final Timer behind;

    /** The highest revision at which the copy was seen complete. */
    private final AtomicLong reached = new AtomicLong();

    CatalogueProgress(CatalogueProducts products, CatalogueProperties properties, MeterRegistry meters) {
        this.products = products;
        this.properties = properties;
        places = new Semaphore(properties.maxWaiting());
        caughtUp = waits("caught-up", meters);
        behind = waits("behind", meters);
    }

    private static Timer waits(String outcome, MeterRegistry meters) {
        return Timer.builder("orderly.catalogue.waits")
                .description(
                        "requests that came with a later revision than this instance had seen complete, by outcome")
                .tag("outcome", outcome)
                .register(meters);
    }

    /**
     * Returns when the copy contains every change up to the revision.
     *
     * @param seen 0 if the client has seen no change
     * @throws CatalogueBehindException if it does not in time, or too many requests wait already
     */
    public void await(long seen) {
        if (reached.get() >= seen) {
            return;
        }
        long began = System.nanoTime();
        boolean contained = contains(seen) || waitFor(seen, began);
        (contained ? caughtUp : behind).record(Duration.ofNanos(System.nanoTime() - began));
        if (!contained) {
            throw new CatalogueBehindException(seen);
        }
    }

    private boolean waitFor(long seen, long began) {
        if (!places.tryAcquire()) {
            return false;
        }
        try {
            while (System.nanoTime() - began < properties.maxWait().toNanos()) {
                Thread.sleep(properties.pollInterval());
                if (contains(seen)) {
                    return true;
                }
            }
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            places.release();
        }
    }

    private boolean contains(long seen) {
        if (reached.get() >= seen) {
            return true;
        }
        CatalogueState state = products.state();
        return state.isComplete() && reached.accumulateAndGet(state.highest(), Math::max) >= seen;
    }
}
