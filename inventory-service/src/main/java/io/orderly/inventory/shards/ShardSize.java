package io.orderly.inventory.shards;

import io.orderly.partitions.range.ShardId;

/** The number of products of a shard, and their units by state. */
public record ShardSize(ShardId shard, long products, long onHand, long reserved, long shipped) {

    static ShardSize empty(ShardId shard) {
        return new ShardSize(shard, 0, 0, 0, 0);
    }
}
