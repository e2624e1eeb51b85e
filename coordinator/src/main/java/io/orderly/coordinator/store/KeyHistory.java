package io.orderly.coordinator.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key through the revisions that are kept of it, oldest first; deletions are tombstones. At least one is there.
 *
 * <p>Histories of one key share an array. Only the newest one is ever added to, behind the end of all others, so each of them is
 * as good as immutable.
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

    /** A tombstone if the key is not there now. */
    KeyValue newest() {
        return versions[end - 1];
    }

    int size() {
        return end - start;
    }

    KeyValue get(int index) {
        return versions[start + index];
    }

    /** @return as the revision left it, perhaps a tombstone; null if nothing so old is known */
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
     * @return without what is not needed for that; null if nothing is left
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
