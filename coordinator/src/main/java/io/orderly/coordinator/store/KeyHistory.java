package io.orderly.coordinator.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a key that are kept, oldest first; deletions are tombstones. There is at least one.
 *
 * <p>Histories of one key share an array. Only the newest is extended, after the end of all others, so each is effectively
 * immutable.
 */
final class KeyHistory {

    private final KeyValue[] versions;
    private final int start;
    private final int end;

    private KeyHistory(KeyValue[] versions, int start, int end) {
        this.versions = versions;
        this.start = start;
        this.end = end;
    }

    static KeyHistory of(KeyValue only) {
        return new KeyHistory(new KeyValue[] {only}, 0, 1);
    }

    Bytes key() {
        return versions[start].key();
    }

    /** The newest version; a tombstone if the key is deleted. */
    KeyValue newest() {
        return versions[end - 1];
    }

    int size() {
        return end - start;
    }

    KeyValue get(int index) {
        return versions[start + index];
    }

    /** @return the version at the revision, perhaps a tombstone; null if it is older than all kept versions */
    @Nullable KeyValue at(long revision) {
        int index = indexAt(revision);
        return index < start ? null : versions[index];
    }

    private int indexAt(long revision) {
        int low = start;
        int high = end - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (versions[middle].modRevision() <= revision) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** @param next of a later revision than the newest */
    KeyHistory plus(KeyValue next) {
        KeyValue[] target =
                end < versions.length ? versions : Arrays.copyOfRange(versions, start, start + Math.max(2, 2 * size()));
        int shift = target == versions ? 0 : start;
        target[end - shift] = next;
        return new KeyHistory(target, start - shift, end - shift + 1);
    }

    /**
     * @param revision the oldest that must stay readable
     * @return without the versions that are not needed for that; null if none is left
     */
    @Nullable KeyHistory since(long revision) {
        int first = Math.max(indexAt(revision), start);
        if (versions[first].isTombstone() && versions[first].modRevision() <= revision) {
            first++;
        }
        if (first == start) {
            return this;
        }
        return first == end ? null : new KeyHistory(Arrays.copyOfRange(versions, first, end), 0, end - first);
    }
}
