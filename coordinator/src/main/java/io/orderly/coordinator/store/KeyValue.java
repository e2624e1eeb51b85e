package io.orderly.coordinator.store;

/**
 * A version of a key.
 *
 * @param value empty if it was deleted
 * @param createRevision of its last creation; 0 if it was deleted
 * @param modRevision that left it like this
 * @param version how often it was put since its creation, that included; 0 if it was deleted
 * @param lease that it is attached to; 0 if to none
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
