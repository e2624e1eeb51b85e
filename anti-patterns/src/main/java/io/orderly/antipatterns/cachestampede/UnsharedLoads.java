package io.orderly.antipatterns.cachestampede;

import io.orderly.antipatterns.AntiPattern;
import io.orderly.antipatterns.ConditionalOnAntiPattern;
import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.ProductLoads;
import java.util.function.Supplier;
import org.springframework.context.annotation.Primary;

/** Each request that finds no product in memory loads it, and a product stays in memory until it expires. */
@Primary
@ConditionalOnAntiPattern(AntiPattern.CACHE_STAMPEDE)
final class UnsharedLoads implements ProductLoads {

    @Override
    public Loaded load(Sku sku, Supplier<Loaded> load) {
        return load.get();
    }

    @Override
    public void expiresSoon(Sku sku, Supplier<Loaded> load) {}

    @Override
    public void forget(Sku sku) {}

    @Override
    public void forgetAll() {}
}
