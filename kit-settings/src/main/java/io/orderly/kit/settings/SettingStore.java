package io.orderly.kit.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the values of this service's settings are kept. Without a store, the configured values apply. Thread-safe. */
public interface SettingStore {

    /**
     * Watches the value of a setting. Returns at once, with the configured value until the stored one is known.
     *
     * @param listener called for each stored text, one call at a time
     */
    <T> Watched<T> watch(SettingDeclaration<T> declaration, Listener listener);

    /**
     * Stores or deletes a value, after a check against its declaration, and adds the change to the history.
     *
     * @param text null to delete the stored value, so that the configured one applies
     * @param by who changes it
     * @param expected the revision of the stored value that is to be replaced, 0 for none; null for the one that is stored now
     */
    Result change(SettingDeclaration<?> declaration, @Nullable String text, String by, @Nullable Long expected);

    /**
     * The last changes of a setting, the oldest first.
     *
     * @throws SettingStoreException if the store does not answer
     */
    List<SettingChange> history(String name);

    /** The value of a setting. Its methods need no request. */
    interface Watched<T> extends AutoCloseable {

        /** The last valid value that is known; while the store is away, it is kept. */
        T value();

        /** The revision that wrote {@link #value}; 0 for the configured one. */
        long revision();

        /** Keeps the present value. */
        @Override
        void close();
    }

    /** Receives what is stored. */
    interface Listener {

        /** The stored text is a valid value, or there is none any more. */
        void accepted();

        /**
         * The stored text is ignored.
         *
         * @param revision that wrote it
         * @param reason why it is not valid, with the text
         */
        void refused(long revision, String reason);
    }

    /** The result of a change. */
    sealed interface Result {

        record Changed(long revision) implements Result {}

        /** The value or its author is not valid; nothing was written. */
        record Invalid(String reason) implements Result {}

        /** Another change came first; nothing was written. */
        record Conflict() implements Result {}

        /** @param cause why the value was not written, or why it is not certain that it was */
        record Failed(String cause) implements Result {}
    }
}
