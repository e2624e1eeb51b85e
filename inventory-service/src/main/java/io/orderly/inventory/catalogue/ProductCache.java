package io.orderly.inventory.catalogue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orderly.contracts.Sku;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Products as this instance has read them last. A product is not used after its maximum age, after a change of it was announced, or by a client that
 * has seen a later revision of the catalogue. Each product has a random moment, from half of its maximum age on, after which it expires soon; so
 * products that were read together are not read again together. Thread-safe; the times are passed in, in nanoseconds of one monotonic clock.
 *
 * <p>A product that was read before a change and arrives here after its announcement is not kept: what was announced is remembered.
 */
final class ProductCache {

    private static final double EARLIEST_REFRESH = 0.5;

    /** Leaves a quarter of the maximum age for the load. */
    private static final double LATEST_REFRESH = 0.75;

    private final Cache<Sku, Entry> entries;
    private final long maxAgeNanos;
    private final RandomGenerator random;

    /** How often changes could have been missed: odd while they are received. */
    private volatile int epoch;

    /** @param random thread-safe */
    ProductCache(int maxEntries, Duration maxAge, RandomGenerator random) {
        entries = Caffeine.newBuilder().maximumSize(maxEntries).build();
        maxAgeNanos = maxAge.toNanos();
        this.random = random;
    }

    /** The result of a look at the cache. */
    sealed interface Lookup {

        /** @param expiresSoon whether it should be read again, although it can still be used */
        record Hit(Product product, boolean expiresSoon) implements Lookup {}

        record Miss() implements Lookup {}

        /** There is a product, which was read before what the client has seen. */
        record Behind() implements Lookup {}
    }

    private sealed interface Entry {

        long version();

        /**
         * @param asOf the revision of the catalogue that is certainly contained
         * @param readNanos before it was read
         * @param refreshAgeNanos the age from which on it expires soon
         * @param epoch in which it was read
         */
        record Known(Product product, long asOf, long readNanos, long refreshAgeNanos, int epoch) implements Entry {

            @Override
            public long version() {
                return product.version();
            }
        }

        /** A later version than was read was announced. */
        record Announced(long version) implements Entry {}
    }

    /** @param seen the revision of the catalogue that the client has seen */
    Lookup find(Sku sku, long seen, long nowNanos) {
        if (!(entries.getIfPresent(sku) instanceof Entry.Known known)
                || known.epoch != epoch
                || nowNanos - known.readNanos > maxAgeNanos) {
            return new Lookup.Miss();
        }
        return known.asOf >= seen
                ? new Lookup.Hit(known.product, nowNanos - known.readNanos >= known.refreshAgeNanos)
                : new Lookup.Behind();
    }

    /** Whether products are kept, since their changes are announced. */
    boolean isInUse() {
        return epoch % 2 == 1;
    }

    /** To be called before a product is read, for {@link #put}. */
    int beginRead() {
        return epoch;
    }

    /**
     * Keeps a product, unless a newer version was read or announced, or changes may have been missed since its reading began.
     *
     * @param readBegan the result of {@link #beginRead}
     */
    void put(Product product, long asOf, long readNanos, int readBegan) {
        entries.asMap().compute(product.sku(), (_, present) -> {
            if (readBegan % 2 == 0) {
                return present;
            }
            boolean newer = present == null
                    || product.version() > present.version()
                    || product.version() == present.version()
                            && !(present instanceof Entry.Known known && known.epoch == readBegan && known.asOf > asOf);
            return newer ? new Entry.Known(product, asOf, readNanos, refreshAgeNanos(), readBegan) : present;
        });
    }

    private long refreshAgeNanos() {
        return (long) (maxAgeNanos * random.nextDouble(EARLIEST_REFRESH, LATEST_REFRESH));
    }

    /**
     * The product has at least this version.
     *
     * @return whether an older one was removed
     */
    boolean announced(Sku sku, long version) {
        boolean[] removed = new boolean[1];
        entries.asMap().compute(sku, (_, present) -> {
            if (present != null && present.version() >= version) {
                return present;
            }
            removed[0] = present instanceof Entry.Known;
            return new Entry.Announced(version);
        });
        return removed[0];
    }

    /** From now on changes are announced. */
    synchronized void begin() {
        if (epoch % 2 == 0) {
            epoch++;
        }
    }

    /** Changes may have been missed: nothing is kept until {@link #begin}. */
    synchronized void end() {
        if (epoch % 2 == 1) {
            epoch++;
        }
        entries.invalidateAll();
    }
}
