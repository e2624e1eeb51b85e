package io.orderly.inventory.stock;

import io.orderly.contracts.Sku;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
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
        return skus.isEmpty() ? List.of() : lockByIds(skus.stream().map(Sku::value).toList());
    }

    /**
     * As {@link #lock}. All transactions lock in the order of the SKUs, so that they do not deadlock.
     *
     * @param skus at least one
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select item from StockItem item where item.sku in :skus order by item.sku")
    List<StockItem> lockByIds(Collection<String> skus);

    <S extends StockItem> List<S> saveAll(Iterable<S> newItems);
}
