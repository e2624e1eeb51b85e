package io.orderly.order.catalogue;

import io.orderly.contracts.Sku;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The products that can be ordered, with their latest known prices. */
public interface CatalogueProducts extends Repository<CatalogueProduct, String> {

    CatalogueProduct save(CatalogueProduct product);

    /** The prices of the given products; unknown products are left out. */
    default PriceList prices(Collection<Sku> skus) {
        return PriceList.of(find(skus.stream().map(Sku::value).toArray(String[]::new)));
    }

    @Query("""
            select new io.orderly.order.catalogue.CatalogueState(coalesce(max(p.revision), 0), coalesce(sum(p.version), 0))
              from CatalogueProduct p""")
    CatalogueState state();

    @Query("select p from CatalogueProduct p where any_of(:skus, p.sku)")
    List<CatalogueProduct> find(String[] skus);

    /**
     * Returns the known products among the given SKUs and locks their rows until the end of the transaction. Rows are locked in the
     * order of the SKUs, so that two instances that update the same products do not deadlock.
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from CatalogueProduct p where any_of(:skus, p.sku) order by p.sku")
    List<CatalogueProduct> lock(String[] skus);
}
