package io.orderly.coordinator.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A half-open range of keys.
 *
 * @param first the lowest key in it
 * @param end the lowest key after it; null if it has no end. If it is not above {@code first}, the range is empty
 */
public record KeyRange(Bytes first, @Nullable Bytes end) {

    /** Every key. */
    public static final KeyRange ALL = new KeyRange(Bytes.EMPTY, null);

    /** One key. */
    public static KeyRange of(Bytes key) {
        return new KeyRange(key, key.successor());
    }

    /** A key and all after it. */
    public static KeyRange from(Bytes key) {
        return new KeyRange(key, null);
    }

    /** All keys with this prefix. */
    public static KeyRange startingWith(Bytes prefix) {
        byte[] end = prefix.toByteArray();
        for (int i = end.length - 1; i >= 0; i--) {
            if (end[i] != (byte) 0xff) {
                end[i]++;
                return new KeyRange(prefix, Bytes.wrap(Arrays.copyOf(end, i + 1)));
            }
        }
        return from(prefix);
    }

    /** Whether it contains only one key, {@link #first()}. */
    public boolean isSingle() {
        return end != null && end.isSuccessorOf(first);
    }

    public boolean contains(Bytes key) {
        return key.compareTo(first) >= 0 && isBeforeEnd(key);
    }

    boolean isBeforeEnd(Bytes key) {
        return end == null || key.compareTo(end) < 0;
    }

    @Override
    public String toString() {
        return isSingle() ? first.toString() : "[%s, %s)".formatted(first, end == null ? "" : end);
    }
}
