package io.orderly.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProductReadsTest {

    private static final Sku LAMP = new Sku("LAMP-1");

    private final Product lamp = new Product(LAMP, "Lamp", "A lamp", Category.LIGHTING, Money.euros("1.00"));
    private final Products products = mock(Products.class);
    private final CatalogueRevision revision = mock(CatalogueRevision.class);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LoadsOfOthers loads = new LoadsOfOthers();
    private final ProductReads reads = reads(Duration.ofHours(1), loads);

    @BeforeEach
    void catalogue() {
        given(products.findById(LAMP.value())).willReturn(Optional.of(lamp));
        given(revision.current()).willReturn(5L);
    }

    @Test
    void aProductInMemoryIsNotLoaded() {
        reads.beginAnnouncements();

        assertThat(reads.find(LAMP, 0)).contains(lamp);
        assertThat(reads.find(LAMP, 5)).contains(lamp);

        verify(products, times(1)).findById(LAMP.value());
        assertThat(loaded("request")).isEqualTo(1);
    }

    @Test
    void aLoadOfAnotherRequestThatIsOlderThanWhatTheClientHasSeenIsNotUsed() {
        reads.beginAnnouncements();
        loads.results.add(new ProductLoads.Loaded(Optional.empty(), 4));

        assertThat(reads.find(LAMP, 5)).contains(lamp);

        assertThatThrownBy(() -> reads.find(LAMP, 6)).isInstanceOf(CatalogueBehindException.class);
    }

    @Test
    void loadsAreNotSharedWhileChangesMayBeMissed() {
        loads.results.add(new ProductLoads.Loaded(Optional.empty(), 5));

        assertThat(reads.find(LAMP, 0)).contains(lamp);

        reads.beginAnnouncements();
        assertThat(reads.find(LAMP, 0)).as("that of another request").isEmpty();
    }

    @Test
    void whatIsBeingLoadedIsForgottenWithAChangeAndWithTheAnnouncements() {
        reads.announced(LAMP, 2);
        reads.endAnnouncements();

        assertThat(loads.forgotten).containsExactly("LAMP-1", "all");
    }

    @Test
    void aProductIsLoadedAgainBeforeItExpires() {
        ProductReads reads = reads(Duration.ofMillis(400), new SharedLoads());
        reads.beginAnnouncements();

        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    assertThat(reads.find(LAMP, 0)).contains(lamp);
                    return loaded("refresh") >= 2;
                });
    }

    private ProductReads reads(Duration maxAge, ProductLoads loads) {
        return new ProductReads(
                products, revision, loads, new ProductCacheProperties(true, 10, maxAge, Duration.ofSeconds(1)), meters);
    }

    private double loaded(String reason) {
        return meters.counter("orderly.product-cache.loads", "reason", reason).count();
    }

    /** Loads, unless there is the result of another request. */
    private static final class LoadsOfOthers implements ProductLoads {

        private final Queue<Loaded> results = new ArrayDeque<>();
        private final List<String> forgotten = new ArrayList<>();

        @Override
        public Loaded load(Sku sku, Supplier<Loaded> load) {
            return results.isEmpty() ? load.get() : results.remove();
        }

        @Override
        public void expiresSoon(Sku sku, Supplier<Loaded> load) {}

        @Override
        public void forget(Sku sku) {
            forgotten.add(sku.value());
        }

        @Override
        public void forgetAll() {
            forgotten.add("all");
        }
    }
}
