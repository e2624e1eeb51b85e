package io.orderly.coordinator.rest;

import io.orderly.coordinator.store.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * Bytes of the store in JSON: a JSON object or array as such, other text as a string, and other bytes in base64.
 *
 * @param json null if it is no text
 * @param base64 null if it is text
 */
record StoredValue(@Nullable JsonNode json, @Nullable String base64) {

    /** Text that is not exactly one JSON value stays text. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static StoredValue of(Bytes bytes) {
        return textOf(bytes)
                .map(text -> new StoredValue(jsonOf(text), null))
                .orElseGet(() -> new StoredValue(null, Base64.getEncoder().encodeToString(bytes.toByteArray())));
    }

    /** Text as it is, other JSON in its shortest form. */
    static Bytes toBytes(JsonNode value) {
        return Bytes.utf8(value.isString() ? value.stringValue() : value.toString());
    }

    /** Empty if the bytes are not UTF-8. */
    static Optional<String> textOf(Bytes bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static JsonNode jsonOf(String text) {
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return STRICT.readTree(text);
            } catch (JacksonException _) {
                return StringNode.valueOf(text);
            }
        }
        return StringNode.valueOf(text);
    }
}
