package io.orderly.inventory.catalogue;

import io.orderly.contracts.Sku;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;

/**
 * One load of each product at a time: requests that need it meanwhile wait for its result. A product that is in use is loaded again before it
 * expires, in the background. So the load of the database does not depend on the number of requests.
 */
@Component
final class SharedLoads implements ProductLoads {

    private static final Logger log = LoggerFactory.getLogger(SharedLoads.class);

    /** For as long as a request waits for a connection to the database. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConcurrentMap<Sku, CompletableFuture<Loaded>> underWay = new ConcurrentHashMap<>();
    private final Duration patience;

    SharedLoads() {
        this(PATIENCE);
    }

    /** @param patience how long a request waits for the load of another one */
    SharedLoads(Duration patience) {
        this.patience = patience;
    }

    /** @throws QueryTimeoutException if the load of another request takes too long; the next request begins one of its own */
    @Override
    public Loaded load(Sku sku, Supplier<Loaded> load) {
        var own = new CompletableFuture<Loaded>();
        CompletableFuture<Loaded> other = underWay.putIfAbsent(sku, own);
        return other == null ? execute(sku, load, own) : await(sku, other);
    }

    /** If it fails, the next use of the product begins another one. */
    @Override
    public void expiresSoon(Sku sku, Supplier<Loaded> load) {
        var own = new CompletableFuture<Loaded>();
        if (underWay.putIfAbsent(sku, own) == null) {
            Thread.ofVirtual().name("product-refresh-" + sku).start(() -> {
                try {
                    execute(sku, load, own);
                } catch (RuntimeException e) {
                    log.debug("Product {} is used from memory until it expires", sku, e);
                }
            });
        }
    }

    private Loaded execute(Sku sku, Supplier<Loaded> load, CompletableFuture<Loaded> own) {
        try {
            Loaded loaded = load.get();
            own.complete(loaded);
            return loaded;
        } catch (RuntimeException | Error e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(sku, own);
        }
    }

    private Loaded await(Sku sku, CompletableFuture<Loaded> other) {
        try {
            // a copy, because the others that wait for it have patience of their own
            return other.copy()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                underWay.remove(sku, other);
                throw new QueryTimeoutException("the load of product " + sku + " by another request takes too long", e);
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** An estimate of how many requests wait for a load. */
    int waiting(Sku sku) {
        CompletableFuture<Loaded> load = underWay.get(sku);
        return load == null ? 0 : load.getNumberOfDependents();
    }

    @Override
    public void forget(Sku sku) {
        underWay.remove(sku);
    }

    @Override
    public void forgetAll() {
        underWay.clear();
    }
}
