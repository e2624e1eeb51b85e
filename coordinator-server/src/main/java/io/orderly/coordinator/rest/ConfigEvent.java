package io.orderly.coordinator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.coordinator.store.KeyEvent;
import org.jspecify.annotations.Nullable;

/** The data of an event that is not a {@link ConfigEntry}. */
sealed interface ConfigEvent {

    /**
     * @param key as text; null if it is none
     * @param keyBase64 null if the key is text
     * @param modRevision that deleted it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Deleted(@Nullable String key, @Nullable String keyBase64, long modRevision) implements ConfigEvent {

        static Deleted of(KeyEvent.Deleted event) {
            String key = StoredValue.textOf(event.key()).orElse(null);
            return new Deleted(key, key == null ? StoredValue.of(event.key()).base64() : null, event.modRevision());
        }
    }

    /**
     * Events are missing, because their revisions were compacted. Read the keys; then watch from the revision after that of the answer, or
     * from the first one that still exists.
     *
     * @param firstRevision from which a watch can start
     */
    record Compacted(long firstRevision) implements ConfigEvent {}
}
