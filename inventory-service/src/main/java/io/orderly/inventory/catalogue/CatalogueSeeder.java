package io.orderly.inventory.catalogue;

import io.orderly.inventory.catalogue.SeedCatalogue.Seed;
import io.orderly.inventory.stock.StockItem;
import io.orderly.inventory.stock.StockItems;
import io.orderly.kit.outbox.Outbox;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Inserts and publishes the seed catalogue once per database. The first instance that starts does so in one transaction, before it
 * accepts a command or request.
 */
@Component
class CatalogueSeeder implements SmartInitializingSingleton {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Products products;
    private final CatalogueRevision revision;
    private final Reviews reviews;
    private final StockItems stock;
    private final Outbox outbox;
    private final InstantSource clock;

    CatalogueSeeder(
            JdbcClient jdbc,
            TransactionOperations transactions,
            Products products,
            CatalogueRevision revision,
            Reviews reviews,
            StockItems stock,
            Outbox outbox,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.products = products;
        this.revision = revision;
        this.reviews = reviews;
        this.stock = stock;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transactions.executeWithoutResult(_ -> {
            if (claimSeeding()) {
                seed(SeedCatalogue.seeds());
            }
        });
    }

    /** Inserts the marker row. A concurrent instance blocks here until the first has committed, and then finds the row. */
    private boolean claimSeeding() {
        return jdbc.sql("insert into catalogue_seeding (seeded_at) values (?) on conflict do nothing")
                        .param(clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private void seed(List<Seed> seeds) {
        products.saveAll(seeds.stream().map(Seed::product).toList());
        reviews.saveAll(seeds.stream().flatMap(seed -> seed.reviews().stream()).toList());
        stock.saveAll(seeds.stream()
                .map(seed -> new StockItem(seed.product().sku(), seed.units()))
                .toList());
        revision.countNewProducts(seeds.size());
        seeds.forEach(seed -> outbox.append(seed.product().toMessage()));
    }
}
