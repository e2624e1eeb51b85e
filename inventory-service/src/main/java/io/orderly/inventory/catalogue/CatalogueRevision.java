package io.orderly.inventory.catalogue;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The number of changes of products. A transaction that changes a product takes the next number; the next one waits until it has ended, so
 * a reader of a number can read all changes up to it.
 */
@Component
class CatalogueRevision {

    private final JdbcClient jdbc;

    CatalogueRevision(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of the last committed change. */
    long current() {
        return jdbc.sql("select revision from catalogue_revision")
                .query(Long.class)
                .single();
    }

    /** The number of a change, within its transaction. No further row may be locked after it. */
    long next() {
        return jdbc.sql("update catalogue_revision set revision = revision + 1 returning revision")
                .query(Long.class)
                .single();
    }

    /** Counts the products of a new catalogue, which get no numbers. */
    void countNewProducts(int products) {
        jdbc.sql("update catalogue_revision set revision = revision + ?")
                .param(products)
                .update();
    }
}
