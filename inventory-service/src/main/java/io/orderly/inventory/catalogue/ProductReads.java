package io.orderly.inventory.catalogue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.ProductCache.Lookup;
import io.orderly.inventory.catalogue.ProductLoads.Loaded;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.data.domain.Window;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Reads products for clients, from memory where that is not older than what the client has seen. */
@Component
@EnableConfigurationProperties(ProductCacheProperties.class)
public class ProductReads {

    private final Products products;
    private final CatalogueRevision revision;
    private final ProductLoads loads;
    private final ProductCache cache;
    private final Counter hits;
    private final Counter misses;
    private final Counter behind;
    private final Counter requested;
    private final Counter refreshes;
    private final Counter invalidations;

    ProductReads(
            Products products,
            CatalogueRevision revision,
            ProductLoads loads,
            ProductCacheProperties properties,
            MeterRegistry meters) {
        this.products = products;
        this.revision = revision;
        this.loads = loads;
        // each call uses the generator of its thread
        cache = new ProductCache(
                properties.maxEntries(),
                properties.maxAge(),
                () -> ThreadLocalRandom.current().nextLong());
        hits = reads("hit", meters);
        misses = reads("miss", meters);
        behind = reads("behind", meters);
        requested = loads("request", meters);
        refreshes = loads("refresh", meters);
        invalidations = Counter.builder("orderly.product-cache.invalidations")
                .description("products that were removed from memory because they were changed")
                .register(meters);
    }

    private static Counter reads(String result, MeterRegistry meters) {
        return Counter.builder("orderly.product-cache.reads")
                .description(
                        "reads of single products: from memory, from the database, or from the database because what is in"
                                + " memory is older than what the client has seen")
                .tag("result", result)
                .register(meters);
    }

    private static Counter loads(String reason, MeterRegistry meters) {
        return Counter.builder("orderly.product-cache.loads")
                .description("queries of single products: for a request, or before a product in memory expires")
                .tag("reason", reason)
                .register(meters);
    }

    /**
     * A product, not older than the revision of the catalogue that the client has seen.
     *
     * @return empty if it does not exist
     * @throws CatalogueBehindException if the database does not have that revision, as after the restore of an older backup
     */
    public Optional<Product> find(Sku sku, long seen) {
        switch (cache.find(sku, seen, System.nanoTime())) {
            case Lookup.Hit(Product product, boolean expiresSoon) -> {
                hits.increment();
                if (expiresSoon) {
                    loads.expiresSoon(sku, () -> load(sku, refreshes));
                }
                return Optional.of(product);
            }
            case Lookup.Miss _ -> misses.increment();
            case Lookup.Behind _ -> behind.increment();
        }
        Supplier<Loaded> load = () -> load(sku, requested);
        // while changes may be missed, what another request is loading may be without a change that precedes this one
        Loaded loaded = cache.isInUse() ? loads.load(sku, load) : load.get();
        if (loaded.asOf() < seen) {
            // it may have begun before the client had seen that, the next one has not
            loaded = loads.load(sku, load);
        }
        requireSeen(seen, loaded.asOf());
        return loaded.product();
    }

    private Loaded load(Sku sku, Counter reason) {
        reason.increment();
        long now = System.nanoTime();
        int began = cache.beginRead();
        // first, so that the product is read with all changes up to it
        long asOf = revision.current();
        Optional<Product> product = products.findById(sku.value());
        product.ifPresent(found -> cache.put(found, asOf, now, began));
        return new Loaded(product, asOf);
    }

    /**
     * A page of products from the database; the parameters are those of {@link Products#list}.
     *
     * @throws CatalogueBehindException as {@link #find}
     */
    public Window<Product> list(
            @Nullable Category category,
            @Nullable Sku from,
            @Nullable Sku to,
            @Nullable Sku after,
            int limit,
            long seen) {
        if (seen > 0) {
            requireSeen(seen, revision.current());
        }
        return products.list(category, from, to, after, limit);
    }

    private static void requireSeen(long seen, long current) {
        if (current < seen) {
            throw new CatalogueBehindException(seen, current);
        }
    }

    @TransactionalEventListener
    void changed(ProductRevised change) {
        announced(change.sku(), change.version());
    }

    /** Another instance has changed the product. */
    void announced(Sku sku, long version) {
        if (cache.announced(sku, version)) {
            invalidations.increment();
        }
        loads.forget(sku);
    }

    /** From now on {@link #announced} is called for every change. */
    void beginAnnouncements() {
        cache.begin();
    }

    /** Changes may have been missed. */
    void endAnnouncements() {
        cache.end();
        loads.forgetAll();
    }
}
