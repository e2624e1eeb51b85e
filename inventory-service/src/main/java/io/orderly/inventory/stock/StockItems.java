package io.orderly.inventory.stock;

import io.orderly.contracts.Sku;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads, locks and stores the stock of products. */
public interface StockItems extends Repository<StockItem, String> {

    /** @return empty if the product does not exist */
    Optional<StockItem> findById(String sku);

    boolean existsById(String sku);

    /** The stock of those products that exist, in no particular order. */
    List<StockItem> findAllById(Iterable<String> skus);

    /** Reads the stock of those products that exist and locks it until the end of the transaction. */
    default List<StockItem> lock(Collection<Sku> skus) {
        return skus.isEmpty()
                ? List.of()
                : lockByIds(skus.stream().map(Sku::value).toArray(String[]::new));
    }

    /**
     * As {@link #lock}. All transactions lock rows in the order of the SKUs, so that they do not deadlock.
     *
     * @param skus at least one
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select item from StockItem item where any_of(:skus, item.sku) order by item.sku")
    List<StockItem> lockByIds(String[] skus);

    <S extends StockItem> List<S> saveAll(Iterable<S> newItems);
}
