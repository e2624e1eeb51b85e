package io.orderly.coordinator.client;

import io.orderly.coordinator.store.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The value of a setting: the last valid one.
 *
 * @param value the default if none is stored
 * @param revision that wrote it; 0 for the default
 * @param newestRevision that was considered, valid or not
 */
record SettingState<T>(T value, long revision, long newestRevision) {

    /** The result of a new text. */
    sealed interface Step<T> {

        SettingState<T> state();

        record Changed<T>(SettingState<T> state, T previous) implements Step<T> {}

        record Refused<T>(SettingState<T> state, String reason) implements Step<T> {}

        /** The text is the same, or older. */
        record Unchanged<T>(SettingState<T> state) implements Step<T> {}
    }

    static <T> SettingState<T> initial(T defaultValue) {
        return new SettingState<>(defaultValue, 0, 0);
    }

    /**
     * @param text that is stored; null if the key does not exist
     * @param at the revision that wrote or deleted it
     */
    Step<T> stored(@Nullable Bytes text, long at, SettingType<T> type, T defaultValue) {
        if (at <= newestRevision) {
            return new Step.Unchanged<>(this);
        }
        T next;
        try {
            next = text == null ? defaultValue : type.read(text.toUtf8());
        } catch (IllegalArgumentException e) {
            return new Step.Refused<>(new SettingState<>(value, revision, at), String.valueOf(e.getMessage()));
        }
        SettingState<T> changed = new SettingState<>(next, text == null ? 0 : at, at);
        return next.equals(value) ? new Step.Unchanged<>(changed) : new Step.Changed<>(changed, value);
    }
}
