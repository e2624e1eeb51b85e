package io.orderly.inventory.stock;

import io.orderly.contracts.Sku;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The stock of all products. */
public interface StockItems extends Repository<StockItem, String> {

    /** @return empty if there is no such product */
    Optional<StockItem> findById(String sku);

    boolean existsById(String sku);

    /** The stock of those of the products that exist, in no particular order. */
    List<StockItem> findAllById(Iterable<String> skus);

    /** Locks the stock of those of the products that exist, until the transaction ends. */
    default List<StockItem> lock(Collection<Sku> skus) {
        return skus.isEmpty()
                ? List.of()
                : lockByIds(skus.stream().map(Sku::value).toArray(String[]::new));
    }

    /**
     * As {@link #lock}. All transactions lock in the order of the SKUs, so that they do not deadlock. ADR 54 says why this is SQL.
     *
     * @param skus at least one
     */
    @Query(nativeQuery = true, value = "select * from stock where sku = any(:skus) order by sku for no key update")
    List<StockItem> lockByIds(String[] skus);

    <S extends StockItem> List<S> saveAll(Iterable<S> newItems);
}
