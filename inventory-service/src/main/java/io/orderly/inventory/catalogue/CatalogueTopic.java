package io.orderly.inventory.catalogue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.kit.outbox.Outbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Compares the topic of the catalogue with the products. Compaction keeps the last record of a product, whatever its version, so that record has to be
 * the current one. It is an earlier one if a relay was paused between reading the outbox and sending, and another one has published later versions
 * meanwhile. Then the current version is published again.
 *
 * <p>Used by the one thread that reads the topic.
 */
@Component
class CatalogueTopic {

    private static final Logger log = LoggerFactory.getLogger(CatalogueTopic.class);

    // One statement, so one snapshot: a version whose message does not wait in the outbox any more is on the topic.
    private static final String LATER_VERSIONS = """
            select products.sku, products.version,
                   exists (select from outbox where topic = ? and message_key = products.sku) as waiting
              from unnest(?::text[], ?::bigint[]) as last (sku, version)
              join products on products.sku = last.sku and products.version > last.version""";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Products products;
    private final Outbox outbox;
    private final Counter repairs;

    /** The version in the last record of each product, until it is known to be the current one. */
    private final Map<Sku, Long> unsettled = new HashMap<>();

    CatalogueTopic(
            JdbcClient jdbc,
            TransactionOperations transactions,
            Products products,
            Outbox outbox,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.products = products;
        this.outbox = outbox;
        this.repairs = Counter.builder("orderly.catalogue.repairs")
                .description("products that were published again because an earlier version was last on the topic")
                .register(meters);
    }

    /** The next record on the topic has this version. */
    void received(Sku sku, long version) {
        unsettled.put(sku, version);
    }

    /**
     * The products whose last received record has an earlier version than one that is on the topic already, with that later version. It comes
     * before the last received record, or after it.
     */
    Map<Sku, Long> publishedLater() {
        if (unsettled.isEmpty()) {
            return Map.of();
        }
        List<Sku> skus = List.copyOf(unsettled.keySet());
        List<LaterVersion> later = jdbc.sql(LATER_VERSIONS)
                .params(
                        Topic.PRODUCTS.topicName(),
                        skus.stream().map(Sku::value).toArray(String[]::new),
                        skus.stream().map(unsettled::get).toArray(Long[]::new))
                .query((row, _) -> new LaterVersion(
                        new Sku(row.getString("sku")), row.getLong("version"), row.getBoolean("waiting")))
                .list();
        unsettled.keySet().retainAll(later.stream().map(LaterVersion::sku).collect(Collectors.toSet()));
        return later.stream()
                .filter(each -> !each.waiting)
                .collect(Collectors.toMap(LaterVersion::sku, LaterVersion::version));
    }

    /** @param waiting whether a message of the product is still in the outbox */
    private record LaterVersion(Sku sku, long version, boolean waiting) {}

    /**
     * Publishes the current versions of the products whose last record is earlier than what was published.
     *
     * @param published the result of {@link #publishedLater}; all records that were on the topic then have been received
     */
    void repair(Map<Sku, Long> published) {
        published.forEach((sku, version) -> {
            long last = unsettled.getOrDefault(sku, version);
            if (last < version) {
                log.warn(
                        "Version {} of {} is on the topic behind version {}; the current one is published again",
                        last,
                        sku,
                        version);
                publish(sku);
                repairs.increment();
            }
        });
    }

    private void publish(Sku sku) {
        transactions.executeWithoutResult(
                _ -> products.lock(sku.value()).ifPresent(product -> outbox.append(product.toMessage())));
    }
}
