package io.orderly.partitions.range;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When ranges are split and merged by their size.
 *
 * @param splitAbove a range with more rows is split; 0 for never
 * @param mergeBelow two neighbours with fewer rows together are merged; 0 for never. At most half of {@code splitAbove}, so that what was merged
 *     is not split again soon
 */
public record SizeLimits(long splitAbove, long mergeBelow) {

    /** @throws IllegalArgumentException if a limit is negative, or they are too near to each other */
    public SizeLimits {
        if (splitAbove < 0 || mergeBelow < 0) {
            throw new IllegalArgumentException("the limits are not below 0");
        }
        if (splitAbove > 0 && mergeBelow > splitAbove / 2) {
            throw new IllegalArgumentException("mergeBelow is at most half of splitAbove");
        }
    }

    /** What has to be done next. */
    public sealed interface Action {

        /** Split the range of a shard at its median. */
        record Split(ShardId shard) implements Action {}

        record Merge(ShardId left, ShardId right) implements Action {}
    }

    /**
     * The next action, the same for the same input: the largest range that is too large is split, and otherwise the first two neighbours that are
     * small are merged.
     *
     * @param rows by shard; a shard that is missing has none
     * @param free the shards without a range; without them nothing is split
     */
    public Optional<Action> next(RangeMap map, Map<ShardId, Long> rows, Set<ShardId> free) {
        Optional<ShardId> largest = map.shards().stream()
                .filter(shard -> splitAbove > 0 && rows.getOrDefault(shard, 0L) > splitAbove)
                .max((a, b) -> Long.compare(rows.getOrDefault(a, 0L), rows.getOrDefault(b, 0L)));
        if (largest.isPresent() && !free.isEmpty()) {
            return Optional.of(new Action.Split(largest.get()));
        }
        for (int i = 1; i < map.ranges().size(); i++) {
            ShardId left = map.ranges().get(i - 1).shard();
            ShardId right = map.ranges().get(i).shard();
            if (rows.getOrDefault(left, 0L) + rows.getOrDefault(right, 0L) < mergeBelow) {
                return Optional.of(new Action.Merge(left, right));
            }
        }
        return Optional.empty();
    }
}
