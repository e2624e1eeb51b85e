package io.orderly.order.catalogue;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The latest known prices of some products.
 *
 * @param revision the highest revision of these products; 0 if they have none
 */
public record PriceList(Map<Sku, Money> prices, long revision) {

    static PriceList of(Collection<CatalogueProduct> products) {
        return new PriceList(
                products.stream().collect(Collectors.toMap(CatalogueProduct::sku, CatalogueProduct::price)),
                products.stream().mapToLong(CatalogueProduct::revision).max().orElse(0));
    }
}
