package io.orderly.partitions.range;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys from one key up to another, and their shard. Keys are ASCII and are compared character by character, as PostgreSQL compares them in the
 * collation "C".
 *
 * @param from the first key, inclusive; null to begin below all keys
 * @param to exclusive; null to end above all keys
 */
public record ShardRange(@Nullable String from, @Nullable String to, ShardId shard) {

    /** The longest key, in characters. */
    public static final int MAX_KEY_LENGTH = 100;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (MAX_KEY_LENGTH - 1) + "}");

    /** @throws IllegalArgumentException if a bound is no key, or the range is empty */
    public ShardRange {
        requireKey(from);
        requireKey(to);
        if (from != null && to != null && from.compareTo(to) >= 0) {
            throw new IllegalArgumentException("the range from %s to %s is empty".formatted(from, to));
        }
    }

    /** Whether a key is in the range. */
    public boolean contains(String key) {
        return (from == null || from.compareTo(key) <= 0) && (to == null || key.compareTo(to) < 0);
    }

    /** The keys of this range that are in another one too, with this shard; empty if there are none. */
    Optional<ShardRange> intersection(ShardRange other) {
        String low = from == null || (other.from != null && other.from.compareTo(from) > 0) ? other.from : from;
        String high = to == null || (other.to != null && other.to.compareTo(to) < 0) ? other.to : to;
        return low != null && high != null && low.compareTo(high) >= 0
                ? Optional.empty()
                : Optional.of(new ShardRange(low, high, shard));
    }

    private static void requireKey(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "a key has 1 to %d letters, digits, dots, hyphens and underscores, and begins with a letter or digit"
                            .formatted(MAX_KEY_LENGTH));
        }
    }
}
