package io.orderly.inventory.shards;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.orderly.partitions.range.RangeMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Measures the shards as this instance sees them. */
@Component
class ShardMetrics {

    private final AtomicLong generation = new AtomicLong();
    private final MultiGauge products;
    private final MultiGauge units;
    private final Timer moves;
    private final Counter rows;
    private final Counter alarms;

    ShardMetrics(MeterRegistry meters) {
        Gauge.builder("orderly.shards.generation", generation, AtomicLong::get)
                .description("the generation of the range map in force")
                .register(meters);
        products = MultiGauge.builder("orderly.shards.products")
                .description("products in each shard")
                .register(meters);
        units = MultiGauge.builder("orderly.shards.units")
                .description("units in each shard, by state")
                .register(meters);
        moves = Timer.builder("orderly.shards.moves")
                .description("splits and merges that this instance committed, and how long they took")
                .register(meters);
        rows = Counter.builder("orderly.shards.moved-rows")
                .description("rows that this instance moved between shards")
                .register(meters);
        alarms = Counter.builder("orderly.shards.alarms")
                .description("published range maps that were refused")
                .register(meters);
    }

    /** @param sizes empty in an instance that does not count */
    void show(RangeMap map, List<ShardSize> sizes) {
        generation.set(map.generation());
        products.register(
                sizes.stream().map(size -> Row.of(tags(size), size.products())).toList(), true);
        units.register(
                sizes.stream()
                        .flatMap(size -> Stream.of(
                                Row.of(tags(size).and("state", "on-hand"), size.onHand()),
                                Row.of(tags(size).and("state", "reserved"), size.reserved()),
                                Row.of(tags(size).and("state", "shipped"), size.shipped())))
                        .toList(),
                true);
    }

    void moved(long rowCount, long nanos) {
        moves.record(nanos, TimeUnit.NANOSECONDS);
        rows.increment(rowCount);
    }

    void alarm() {
        alarms.increment();
    }

    private static Tags tags(ShardSize size) {
        return Tags.of("shard", size.shard().toString());
    }
}
