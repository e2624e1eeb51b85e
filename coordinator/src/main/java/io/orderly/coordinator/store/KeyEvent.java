package io.orderly.coordinator.store;

import org.jspecify.annotations.Nullable;

/** A change of a key by a revision. A revision changes a key at most once. */
public sealed interface KeyEvent {

    Bytes key();

    /** The previous version of the key; null if there was none, or if it is compacted. */
    @Nullable KeyValue previous();

    /** The key was created or changed. */
    record Put(KeyValue current, @Nullable KeyValue previous) implements KeyEvent {

        @Override
        public Bytes key() {
            return current.key();
        }
    }

    /**
     * The key was deleted, by a client or with its lease.
     *
     * @param modRevision the revision that deleted it
     */
    record Deleted(Bytes key, long modRevision, @Nullable KeyValue previous) implements KeyEvent {}
}
