package io.orderly.coordinator.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The union of ranges of keys. A range is covered if each key that could be in it is: also by several ranges that adjoin. */
final class KeyRights {

    /** There is no key below it: a key is never empty. */
    private static final Bytes LEAST_KEY = Bytes.of((byte) 0);

    /** By their first key; between two of them is at least one key. */
    private final NavigableMap<Bytes, KeyRange> ranges = new TreeMap<>();

    KeyRights(Collection<KeyRange> union) {
        List<KeyRange> sorted = new ArrayList<>(union);
        sorted.sort(Comparator.comparing(KeyRange::first));
        KeyRange last = null;
        for (KeyRange next : sorted) {
            if (last != null && reaches(last.end(), next.first())) {
                last = new KeyRange(last.first(), reaches(last.end(), next.end()) ? last.end() : next.end());
            } else {
                last = next;
            }
            ranges.put(last.first(), last);
        }
    }

    /** A range without keys counts as its first key. */
    boolean covers(KeyRange keys) {
        Bytes first = keys.first().isEmpty() ? LEAST_KEY : keys.first();
        KeyRange around = around(first);
        return around != null && (isEmpty(keys) || reaches(around.end(), keys.end()));
    }

    /** Takes time by the number of ranges, not of keys. */
    boolean coversAll(NavigableSet<Bytes> keys) {
        Bytes next = keys.isEmpty() ? null : keys.first();
        while (next != null) {
            KeyRange around = around(next);
            if (around == null) {
                return false;
            }
            next = around.end() == null ? null : keys.ceiling(around.end());
        }
        return true;
    }

    private @Nullable KeyRange around(Bytes key) {
        Map.Entry<Bytes, KeyRange> before = ranges.floorEntry(key);
        return before != null && before.getValue().contains(key) ? before.getValue() : null;
    }

    private static boolean isEmpty(KeyRange keys) {
        return keys.end() != null && keys.end().compareTo(keys.first()) <= 0;
    }

    /** Whether a range with this end has all keys up to another end. */
    private static boolean reaches(@Nullable Bytes end, @Nullable Bytes other) {
        return end == null || other != null && end.compareTo(other) >= 0;
    }
}
