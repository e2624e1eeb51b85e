package io.orderly.coordinator.store;

import org.jspecify.annotations.Nullable;

/** A change of a key by a revision. A revision changes a key at most once. */
public sealed interface KeyEvent {

    Bytes key();

    /** The key before; null if there was none, or if it is compacted. */
    @Nullable KeyValue previous();

    /** It was created or changed. */
    record Put(KeyValue current, @Nullable KeyValue previous) implements KeyEvent {

        @Override
        public Bytes key() {
            return current.key();
        }
    }

    /**
     * It was deleted, by a client or with its lease.
     *
     * @param modRevision that deleted it
     */
    record Deleted(Bytes key, long modRevision, @Nullable KeyValue previous) implements KeyEvent {}
}
