package io.orderly.coordinator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.coordinator.store.KeyValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A key and its value.
 *
 * @param key as text; null if it is none
 * @param keyBase64 null if the key is text
 * @param value a JSON object or array as such, other text as a string; null if it is no text
 * @param valueBase64 null if the value is text
 * @param modRevision that changed it last; its ETag
 * @param version how often it was changed since its creation, which is 1
 * @param lease that it is attached to, in hexadecimal; null if to none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConfigEntry(
        @Nullable String key,
        @Nullable String keyBase64,
        @Nullable JsonNode value,
        @Nullable String valueBase64,
        long createRevision,
        long modRevision,
        long version,
        @Nullable String lease) {

    static ConfigEntry of(KeyValue one) {
        StoredValue value = StoredValue.of(one.value());
        String key = StoredValue.textOf(one.key()).orElse(null);
        return new ConfigEntry(
                key,
                key == null ? StoredValue.of(one.key()).base64() : null,
                value.json(),
                value.base64(),
                one.createRevision(),
                one.modRevision(),
                one.version(),
                one.lease() == 0 ? null : LeaseId.text(one.lease()));
    }
}
