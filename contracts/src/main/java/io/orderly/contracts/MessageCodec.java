package io.orderly.contracts;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Converts messages to and from JSON. Unknown fields are ignored; a value that the record's constructor rejects makes the
 * message unreadable.
 */
public final class MessageCodec {

    /**
     * Disables Jackson's coercions: a string is not accepted as a number, a number not as a string, and 1.5 not as 1.
     */
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().addDeserializer(LocalDate.class, new StrictDateDeserializer()))
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(LogicalType.Textual, MessageCodec::disableCoercionToText)
            .withCoercionConfig(LogicalType.Integer, MessageCodec::disableCoercionToNull)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private static final int MAX_QUOTATION_LENGTH = 100;

    private MessageCodec() {}

    private static void disableCoercionToText(MutableCoercionConfig textual) {
        textual.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    private static void disableCoercionToNull(MutableCoercionConfig integers) {
        integers.setAcceptBlankAsEmpty(false).setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    }

    /**
     * Accepts only strings such as {@code 2026-11-24}; Jackson's deserializer also accepts arrays, numbers, blanks and
     * times.
     */
    private static final class StrictDateDeserializer extends StdDeserializer<LocalDate> {

        StrictDateDeserializer() {
            super(LocalDate.class);
        }

        @Override
        public LocalDate deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (LocalDate) context.handleUnexpectedToken(LocalDate.class, parser);
            }
            try {
                return LocalDate.parse(parser.getString());
            } catch (DateTimeParseException e) {
                throw context.weirdStringException(
                        parser.getString(), LocalDate.class, "not a date such as 2026-11-24");
            }
        }
    }

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
            throw new UnreadableMessageException(
                    "unknown message type " + Printable.of(typeName, MAX_QUOTATION_LENGTH), null);
        }
        try {
            return Optional.<Message>ofNullable(JSON.readValue(json, type.get().record()))
                    .orElseThrow(() -> new UnreadableMessageException("a " + typeName + " that is null", null));
        } catch (JacksonException e) {
            throw new UnreadableMessageException("not a " + typeName + ": " + e.getOriginalMessage(), e);
        }
    }
}
