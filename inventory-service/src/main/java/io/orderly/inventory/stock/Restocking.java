package io.orderly.inventory.stock;

import io.orderly.contracts.Sku;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adds units to the stock. */
@Component
public class Restocking {

    private final StockItems items;
    private final Restocks restocks;
    private final InstantSource clock;

    Restocking(StockItems items, Restocks restocks, InstantSource clock) {
        this.items = items;
        this.restocks = restocks;
        this.clock = clock;
    }

    /**
     * Adds units to the stock of a product and an entry to the journal.
     *
     * @param quantity above zero
     * @return the new stock level; empty if the product does not exist
     */
    @Transactional
    public Optional<StockLevel> restock(Sku sku, long quantity) {
        return items.lock(List.of(sku)).stream().findFirst().map(item -> {
            item.restock(quantity);
            restocks.save(new RestockEntry(sku, quantity, clock.instant()));
            return item.level();
        });
    }
}
