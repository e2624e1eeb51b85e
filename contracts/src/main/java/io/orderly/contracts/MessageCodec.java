package io.orderly.contracts;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Messages as JSON. Unknown fields are ignored when reading; what a record's constructor rejects is unreadable. */
public final class MessageCodec {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private MessageCodec() {}

    public static byte[] encode(Message message) {
        return JSON.writeValueAsBytes(message);
    }

    /**
     * @param typeName the CloudEvents type
     * @throws UnreadableMessageException if the type is unknown, the JSON is broken, or a value breaks the contract
     */
    public static Message decode(String typeName, byte[] json) {
        Optional<MessageType<?>> type = MessageType.named(typeName);
        if (type.isEmpty()) {
            throw new UnreadableMessageException("unknown message type " + typeName, null);
        }
        try {
            return Optional.<Message>ofNullable(JSON.readValue(json, type.get().record()))
                    .orElseThrow(() -> new UnreadableMessageException("a " + typeName + " that is null", null));
        } catch (JacksonException e) {
            throw new UnreadableMessageException("not a " + typeName + ": " + e.getOriginalMessage(), e);
        }
    }
}
