package io.orderly.antipatterns.cachestampede;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.ProductLoads;
import io.orderly.inventory.catalogue.ProductLoads.Loaded;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class UnsharedLoadsTest {

    private static final Sku SKU = new Sku("PENCIL-HB");
    private static final Loaded LOADED = new Loaded(Optional.empty(), 1);

    @Test
    void eachRequestLoadsByItselfAndNothingIsLoadedBefore() {
        var loads = new UnsharedLoads();
        var count = new AtomicInteger();

        // a load that has not ended when the next one begins
        loads.load(SKU, () -> {
            count.incrementAndGet();
            return loads.load(SKU, () -> {
                count.incrementAndGet();
                return LOADED;
            });
        });
        loads.expiresSoon(SKU, () -> {
            count.incrementAndGet();
            return LOADED;
        });

        assertThat(count).hasValue(2);
    }

    @Test
    void replacesThePatternIfItIsSwitchedOn() {
        ProductLoads pattern = mock(ProductLoads.class);
        ApplicationContextRunner service = new ApplicationContextRunner()
                .withBean(ProductLoads.class, () -> pattern)
                .withUserConfiguration(UnsharedLoads.class);

        service.run(context -> assertThat(context).getBean(ProductLoads.class).isSameAs(pattern));
        service.withPropertyValues("orderly.anti-patterns=cache-stampede")
                .run(context -> assertThat(context.getBean(ProductLoads.class)).isInstanceOf(UnsharedLoads.class));
    }
}
