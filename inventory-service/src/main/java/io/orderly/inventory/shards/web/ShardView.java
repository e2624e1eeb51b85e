package io.orderly.inventory.shards.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.inventory.shards.ShardSize;
import io.orderly.partitions.range.ShardRange;
import org.jspecify.annotations.Nullable;

/**
 * A shard and its range.
 *
 * @param from the first SKU, inclusive; absent if the range begins below all SKUs
 * @param to exclusive; absent if the range ends above all SKUs
 * @param onHand units of all products that are available for reservation
 * @param reserved units that are reserved for orders
 * @param shipped units that were shipped to customers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShardView(
        int shard,
        @Nullable String from,
        @Nullable String to,
        long products,
        long onHand,
        long reserved,
        long shipped) {

    static ShardView of(ShardRange range, ShardSize size) {
        return new ShardView(
                range.shard().value(),
                range.from(),
                range.to(),
                size.products(),
                size.onHand(),
                size.reserved(),
                size.shipped());
    }
}
