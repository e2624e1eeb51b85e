package io.orderly.inventory.catalogue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.ProductCache.Lookup;
import java.util.Optional;
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
    private final ProductCache cache;
    private final Counter hits;
    private final Counter misses;
    private final Counter behind;
    private final Counter invalidations;

    ProductReads(
            Products products, CatalogueRevision revision, ProductCacheProperties properties, MeterRegistry meters) {
        this.products = products;
        this.revision = revision;
        cache = new ProductCache(properties.maxEntries(), properties.maxAge());
        hits = reads("hit", meters);
        misses = reads("miss", meters);
        behind = reads("behind", meters);
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

    /**
     * A product, not older than the revision of the catalogue that the client has seen.
     *
     * @return empty if it does not exist
     * @throws CatalogueBehindException if the database does not have that revision, as after the restore of an older backup
     */
    public Optional<Product> find(Sku sku, long seen) {
        long now = System.nanoTime();
        switch (cache.find(sku, seen, now)) {
            case Lookup.Hit(Product product) -> {
                hits.increment();
                return Optional.of(product);
            }
            case Lookup.Miss _ -> misses.increment();
            case Lookup.Behind _ -> behind.increment();
        }
        int began = cache.beginRead();
        // first, so that the product is read with all changes up to it
        long asOf = requireRevision(seen);
        Optional<Product> product = products.findById(sku.value());
        product.ifPresent(found -> cache.put(found, asOf, now, began));
        return product;
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
            requireRevision(seen);
        }
        return products.list(category, from, to, after, limit);
    }

    private long requireRevision(long seen) {
        long current = revision.current();
        if (current < seen) {
            throw new CatalogueBehindException(seen, current);
        }
        return current;
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
    }

    /** From now on {@link #announced} is called for every change. */
    void beginAnnouncements() {
        cache.begin();
    }

    /** Changes may have been missed. */
    void endAnnouncements() {
        cache.end();
    }
}
