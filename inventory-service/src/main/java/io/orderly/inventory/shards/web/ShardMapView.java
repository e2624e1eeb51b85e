package io.orderly.inventory.shards.web;

import io.orderly.inventory.shards.ShardSize;
import io.orderly.inventory.shards.Shards;
import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.ShardId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The range map in force.
 *
 * @param generation increases with each split and merge
 * @param shards in the order of their ranges
 * @param free the shards without a range
 */
record ShardMapView(long generation, List<ShardView> shards, List<Integer> free) {

    static ShardMapView of(Shards shards, RangeMap map) {
        List<ShardSize> sizes = shards.sizes(map);
        return new ShardMapView(
                map.generation(),
                IntStream.range(0, sizes.size())
                        .mapToObj(i -> ShardView.of(map.ranges().get(i), sizes.get(i)))
                        .toList(),
                shards.free(map).stream().map(ShardId::value).toList());
    }
}
