package io.orderly.order.catalogue;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** The products that can be ordered, each at the latest price this service has heard of. */
public interface CatalogueProducts extends Repository<CatalogueProduct, String> {

    CatalogueProduct save(CatalogueProduct product);

    /** The prices of those of the products that are known. */
    default Map<Sku, Money> prices(Collection<Sku> skus) {
        return find(skus.stream().map(Sku::value).toArray(String[]::new)).stream()
                .collect(Collectors.toMap(CatalogueProduct::sku, CatalogueProduct::price));
    }

    // JPQL has no array, and a list of another length is another statement, translated and planned anew each time
    @NativeQuery("select * from catalogue_products where sku = any(:skus)")
    List<CatalogueProduct> find(String[] skus);

    /**
     * Those of the products that are known, locked until the end of the transaction. Locks are taken in the order of the SKUs, so
     * that two instances that hear of the same products do not wait for each other.
     */
    @NativeQuery("select * from catalogue_products where sku = any(:skus) order by sku for no key update")
    List<CatalogueProduct> lock(String[] skus);
}
