package io.orderly.partitions.range;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which range of keys is in which shard. Each key is in exactly one range, and each shard has at most one range. Each map replaces the one before
 * it as a whole. Immutable.
 *
 * @param generation above 0, and above the generations of all earlier maps
 * @param ranges in the order of their keys; the first begins below all keys, the last ends above all keys, and each other begins where the one
 *     before it ends
 */
public record RangeMap(long generation, List<ShardRange> ranges) {

    /** The maximum number of ranges. */
    public static final int MAX_RANGES = 100;

    /** @throws IllegalArgumentException if a component contradicts its description; the message names the gap, the overlap or the shard */
    public RangeMap {
        ranges = List.copyOf(ranges);
        if (generation <= 0) {
            throw new IllegalArgumentException("a generation is above 0, not " + generation);
        }
        if (ranges.isEmpty() || ranges.size() > MAX_RANGES) {
            throw new IllegalArgumentException("a map has 1 to %d ranges, not %d".formatted(MAX_RANGES, ranges.size()));
        }
        if (ranges.getFirst().from() != null) {
            throw new IllegalArgumentException(
                    "a gap: no range begins below " + ranges.getFirst().from());
        }
        for (int i = 1; i < ranges.size(); i++) {
            requireAdjacent(ranges.get(i - 1), ranges.get(i));
        }
        if (ranges.getLast().to() != null) {
            throw new IllegalArgumentException(
                    "a gap: no range ends above " + ranges.getLast().to());
        }
        Set<ShardId> seen = new HashSet<>();
        for (ShardRange range : ranges) {
            if (!seen.add(range.shard())) {
                throw new IllegalArgumentException("shard %s has two ranges".formatted(range.shard()));
            }
        }
    }

    private static void requireAdjacent(ShardRange left, ShardRange right) {
        if (left.to() == null || right.from() == null || left.to().compareTo(right.from()) > 0) {
            throw new IllegalArgumentException(
                    "an overlap: the ranges of the shards %s and %s".formatted(left.shard(), right.shard()));
        }
        if (!left.to().equals(right.from())) {
            throw new IllegalArgumentException(
                    "a gap: no range has the keys from %s to %s".formatted(left.to(), right.from()));
        }
    }

    /** The first map: one shard has all keys. */
    public static RangeMap initial(ShardId shard) {
        return new RangeMap(1, List.of(new ShardRange(null, null, shard)));
    }

    /** The range of a key. */
    public ShardRange rangeOf(String key) {
        return ranges.stream().filter(range -> range.contains(key)).findFirst().orElseThrow();
    }

    /** The range of a shard; empty if the shard has none. */
    public Optional<ShardRange> rangeOf(ShardId shard) {
        return ranges.stream().filter(range -> range.shard().equals(shard)).findFirst();
    }

    /** The shards that have a range. */
    public Set<ShardId> shards() {
        return ranges.stream().map(ShardRange::shard).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The next map, in which the keys of a range from {@code at} on are in another shard.
     *
     * @param at the first key of the new range
     * @param into a shard without a range
     * @throws IllegalArgumentException if a range begins at this key, or the shard has a range
     */
    public RangeMap split(String at, ShardId into) {
        ShardRange range = rangeOf(at);
        if (at.equals(range.from())) {
            throw new IllegalArgumentException("the range of shard %s begins at %s".formatted(range.shard(), at));
        }
        if (shards().contains(into)) {
            throw new IllegalArgumentException("shard %s has a range".formatted(into));
        }
        List<ShardRange> next = new ArrayList<>(ranges);
        int index = next.indexOf(range);
        next.set(index, new ShardRange(range.from(), at, range.shard()));
        next.add(index + 1, new ShardRange(at, range.to(), into));
        return new RangeMap(generation + 1, next);
    }

    /**
     * The next map, in which the keys of two neighbours are in the left one, and the right one has no range.
     *
     * @throws IllegalArgumentException if the range of {@code right} does not begin where that of {@code left} ends
     */
    public RangeMap merge(ShardId left, ShardId right) {
        Optional<ShardRange> first = rangeOf(left);
        Optional<ShardRange> second = rangeOf(right);
        if (first.isEmpty() || second.isEmpty() || !isFollowedBy(first.get(), second.get())) {
            throw new IllegalArgumentException(
                    "the range of shard %s does not begin where that of shard %s ends".formatted(right, left));
        }
        List<ShardRange> next = new ArrayList<>(ranges);
        int index = next.indexOf(first.get());
        next.remove(index + 1);
        next.set(index, new ShardRange(first.get().from(), second.get().to(), left));
        return new RangeMap(generation + 1, next);
    }

    private static boolean isFollowedBy(ShardRange left, ShardRange right) {
        return left.to() != null && Objects.equals(left.to(), right.from());
    }

    /** The ranges that contain keys from {@code from}, inclusive, to {@code to}, exclusive, in order; null for no bound. */
    public List<ShardRange> within(@Nullable String from, @Nullable String to) {
        ShardRange wanted = new ShardRange(from, to, ranges.getFirst().shard());
        return ranges.stream()
                .filter(range -> range.intersection(wanted).isPresent())
                .toList();
    }

    /** The keys that are in another shard in the next map. */
    public List<Move> movesTo(RangeMap next) {
        List<Move> moves = new ArrayList<>();
        for (ShardRange old : ranges) {
            for (ShardRange range : next.ranges()) {
                if (!range.shard().equals(old.shard())) {
                    range.intersection(old).ifPresent(keys -> moves.add(new Move(old.shard(), keys)));
                }
            }
        }
        return moves;
    }

    /**
     * Keys that move.
     *
     * @param source the shard that they are in
     * @param target the keys, and the shard that they move to
     */
    public record Move(ShardId source, ShardRange target) {}
}
