package io.orderly.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.SeedCatalogue.Seed;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SeedCatalogueTest {

    private final List<Seed> seeds = SeedCatalogue.seeds();
    private final Map<Sku, Seed> bySku =
            seeds.stream().collect(Collectors.toMap(seed -> seed.product().sku(), Function.identity()));

    @Test
    void containsProductsOfEveryCategory() {
        assertThat(seeds).hasSizeGreaterThanOrEqualTo(1_000);
        assertThat(seeds).extracting(seed -> seed.product().name()).doesNotHaveDuplicates();
        assertThat(seeds).extracting(seed -> seed.product().category()).contains(Category.values());
        assertThat(seeds).flatExtracting(Seed::reviews).hasSizeGreaterThan(1_000);
    }

    @Test
    void isDeterministic() {
        assertThat(SeedCatalogue.seeds()).usingRecursiveComparison().isEqualTo(seeds);
    }

    @Test
    void containsProductsWithTheLowestAndHighestStockAndTheHighestPrice() {
        assertThat(bySku.get(SeedCatalogue.FIRST_EDITION).units()).isEqualTo(10);
        assertThat(bySku.get(SeedCatalogue.PENCIL).units())
                .isEqualTo(seeds.stream().mapToLong(Seed::units).max().orElseThrow());
        assertThat(seeds.stream()
                        .max(Comparator.comparing(seed -> seed.product().price().amount())))
                .contains(bySku.get(SeedCatalogue.OBSERVATORY));
    }
}
