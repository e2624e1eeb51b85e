package io.orderly.coordinator.gateway;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as JSON, in the format of grpc-gateway with its defaults: the names of the {@code .proto} files, bytes in base64, 64-bit numbers
 * as strings, no fields with zero values. A request may also have names in camel case, and unknown fields.
 */
final class MessageJson {

    /** A body may have several values. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonFormat.Parser PARSER = JsonFormat.parser();
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

    private MessageJson() {}

    static String print(MessageOrBuilder message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a message without an unknown Any has no JSON", e);
        }
    }

    /** All JSON values of a body, one after the other, as messages. */
    static List<Message> parse(byte[] body, Message empty) throws InvalidBodyException {
        List<Message> messages = new ArrayList<>();
        try (JsonParser values = JSON.createParser(body)) {
            while (values.nextToken() != null) {
                messages.add(parse(JSON.readTree(values), empty));
            }
        } catch (JacksonException e) {
            throw new InvalidBodyException("invalid JSON: " + e.getOriginalMessage());
        }
        return messages;
    }

    private static Message parse(JsonNode value, Message empty) throws InvalidBodyException {
        if (value.isNull()) {
            return empty;
        }
        if (!(value instanceof ObjectNode object)) {
            throw new InvalidBodyException("invalid JSON: not an object");
        }
        removeUnknown(object, empty.getDescriptorForType());
        Message.Builder builder = empty.newBuilderForType();
        try {
            PARSER.merge(object.toString(), builder);
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidBodyException(String.valueOf(e.getMessage()));
        }
        return builder.build();
    }

    /** protobuf's own option to ignore unknown fields would ignore unknown enum values as well, which etcd refuses. */
    private static void removeUnknown(ObjectNode object, Descriptor type) {
        for (String name : List.copyOf(object.propertyNames())) {
            FieldDescriptor field = fieldOf(type, name);
            if (field == null) {
                object.remove(name);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                JsonNode value = object.get(name);
                for (JsonNode each : value.isArray() ? value : List.of(value)) {
                    if (each instanceof ObjectNode message) {
                        removeUnknown(message, field.getMessageType());
                    }
                }
            }
        }
    }

    private static @Nullable FieldDescriptor fieldOf(Descriptor type, String name) {
        return type.getFields().stream()
                .filter(field ->
                        field.getName().equals(name) || field.getJsonName().equals(name))
                .findFirst()
                .orElse(null);
    }
}
