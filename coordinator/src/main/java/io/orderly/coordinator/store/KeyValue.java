package io.orderly.coordinator.store;

/**
 * A version of a key.
 *
 * @param value empty if it was deleted
 * @param createRevision the revision of its last creation; 0 if it was deleted
 * @param modRevision the revision of its last change
 * @param version the number of puts since its creation, including that; 0 if it was deleted
 * @param lease the lease that it is attached to; 0 for none
 */
public record KeyValue(Bytes key, Bytes value, long createRevision, long modRevision, long version, long lease) {

    /** The version of a deleted key. */
    static KeyValue tombstone(Bytes key, long revision) {
        return new KeyValue(key, Bytes.EMPTY, 0, revision, 0, 0);
    }

    boolean isTombstone() {
        return version == 0;
    }

    KeyValue withoutValue() {
        return new KeyValue(key, Bytes.EMPTY, createRevision, modRevision, version, lease);
    }
}
