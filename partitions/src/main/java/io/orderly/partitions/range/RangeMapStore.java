package io.orderly.partitions.range;

import org.jspecify.annotations.Nullable;

/** Where all instances of a service find the range map. Thread-safe. */
public interface RangeMapStore {

    /**
     * Watches the map. Returns at once.
     *
     * @param listener called with what is stored as soon as that is known, and then with each change, one call at a time. It must not wait
     */
    Watching watch(Listener listener);

    /**
     * Replaces the map if it is still the one that was read.
     *
     * @param expectedRevision of the text that is replaced; 0 if there must be none
     */
    Result replace(long expectedRevision, String text);

    /** Receives what is stored. */
    interface Listener {

        /**
         * @param revision that wrote the text; 0 if there is none
         * @param text null if nothing is stored, or it was deleted
         */
        void stored(long revision, @Nullable String text);
    }

    /** A watch that is open. */
    interface Watching extends AutoCloseable {

        @Override
        void close();
    }

    /** The result of a replacement. */
    sealed interface Result {

        /** @param revision that wrote the text */
        record Replaced(long revision) implements Result {}

        /** Another text was stored first; nothing was written. */
        record Conflict() implements Result {}

        /** @param cause why the text was not stored, or why it is not certain that it was */
        record Failed(String cause) implements Result {}
    }
}
