package io.orderly.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.ProductCache.Lookup;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProductCacheTest {

    private static final Sku LAMP = new Sku("LAMP-1");
    private static final Lookup MISS = new Lookup.Miss();
    private static final Lookup BEHIND = new Lookup.Behind();

    private static final RandomGenerator LOWEST = () -> 0;
    private static final RandomGenerator HIGHEST = () -> -1;

    private final ProductCache cache = new ProductCache(10, Duration.ofNanos(100), LOWEST);
    private final Product first = lamp(1, 0);
    private final Product second = lamp(2, 8);

    @BeforeEach
    void begin() {
        cache.begin();
    }

    @Test
    void keepsAProductForItsMaximumAge() {
        put(first, 5, 1_000);

        assertThat(cache.find(LAMP, 0, 1_100)).isEqualTo(new Lookup.Hit(first, true));
        assertThat(cache.find(LAMP, 0, 1_101)).isEqualTo(MISS);
    }

    @Test
    void aProductExpiresSoonFromARandomMomentAfterHalfOfItsMaximumAge() {
        put(first, 5, 1_000);
        assertThat(cache.find(LAMP, 0, 1_049)).isEqualTo(new Lookup.Hit(first, false));
        assertThat(cache.find(LAMP, 0, 1_050)).isEqualTo(new Lookup.Hit(first, true));

        var other = new ProductCache(10, Duration.ofNanos(100), HIGHEST);
        other.begin();
        other.put(first, 5, 1_000, other.beginRead());
        assertThat(other.find(LAMP, 0, 1_073)).isEqualTo(new Lookup.Hit(first, false));
        assertThat(other.find(LAMP, 0, 1_075)).isEqualTo(new Lookup.Hit(first, true));
    }

    @Test
    void aProductThatWasReadAgainExpiresLater() {
        put(first, 5, 1_000);
        put(first, 5, 1_060);

        assertThat(cache.find(LAMP, 0, 1_101)).isEqualTo(new Lookup.Hit(first, false));
    }

    @Test
    void isNotUsedByAClientThatHasSeenMore() {
        put(first, 5, 1_000);

        assertThat(cache.find(LAMP, 5, 1_000)).isEqualTo(new Lookup.Hit(first, false));
        assertThat(cache.find(LAMP, 6, 1_000)).isEqualTo(BEHIND);

        put(first, 6, 1_001);
        assertThat(cache.find(LAMP, 6, 1_001)).as("read again, unchanged").isEqualTo(new Lookup.Hit(first, false));
    }

    @Test
    void forgetsAProductOfWhichANewerVersionIsAnnounced() {
        put(first, 5, 1_000);

        assertThat(cache.announced(LAMP, 1)).as("not newer").isFalse();
        assertThat(cache.announced(LAMP, 2)).isTrue();
        assertThat(cache.announced(LAMP, 2)).as("again").isFalse();
        assertThat(cache.find(LAMP, 0, 1_000)).isEqualTo(MISS);
    }

    @Test
    void doesNotKeepWhatWasReadBeforeAnAnnouncedChange() {
        int began = cache.beginRead();
        cache.announced(LAMP, 2);
        cache.put(first, 5, 1_000, began);
        assertThat(cache.find(LAMP, 0, 1_000)).isEqualTo(MISS);

        put(second, 8, 1_000);
        assertThat(cache.find(LAMP, 0, 1_000)).isEqualTo(new Lookup.Hit(second, false));
    }

    @Test
    void keepsTheNewerOfTwoReadsWhicheverEndsLast() {
        put(second, 8, 1_000);
        put(first, 5, 1_001);
        assertThat(cache.find(LAMP, 0, 1_001)).isEqualTo(new Lookup.Hit(second, false));
        put(second, 7, 1_001);
        assertThat(cache.find(LAMP, 8, 1_001))
                .as("read later, of an older state")
                .isEqualTo(new Lookup.Hit(second, false));
    }

    @Test
    void keepsNothingWhileChangesMayBeMissed() {
        put(first, 5, 1_000);
        int began = cache.beginRead();
        cache.end();
        assertThat(cache.find(LAMP, 0, 1_000)).isEqualTo(MISS);
        cache.put(first, 5, 1_000, began);
        put(first, 5, 1_000);
        assertThat(cache.find(LAMP, 0, 1_000)).isEqualTo(MISS);

        cache.begin();
        cache.put(first, 5, 1_000, began);
        assertThat(cache.find(LAMP, 0, 1_000))
                .as("a change between may be missed")
                .isEqualTo(MISS);
        put(first, 5, 1_000);
        assertThat(cache.find(LAMP, 0, 1_000)).isEqualTo(new Lookup.Hit(first, false));
    }

    private void put(Product product, long asOf, long readNanos) {
        cache.put(product, asOf, readNanos, cache.beginRead());
    }

    private static Product lamp(int version, long revision) {
        Product lamp = new Product(LAMP, "Lamp", "A lamp", Category.LIGHTING, Money.euros("1.00"));
        LongStream.range(1, version).forEach(step -> lamp.changePrice(Money.euros(step + ".50")));
        lamp.changedAs(revision);
        return lamp;
    }
}
