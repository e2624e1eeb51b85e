package io.orderly.stack.events;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Printable;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Formats an event as one line: time, order, type and the other fields. It accepts any JSON, so it can also show events
 * of unknown types.
 */
public final class EventLine {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final int MAX_KEY_LENGTH = 64;
    private static final int MAX_TYPE_LENGTH = 64;
    private static final int MAX_DETAILS_LENGTH = 500;

    private final ZoneId zone;

    /** @param zone the time zone of the displayed times */
    public EventLine(ZoneId zone) {
        this.zone = zone;
    }

    /** The line, escaped and truncated, for any record. */
    public String of(ConsumerRecord<String, byte[]> event) {
        String type = HeaderText.of(event, MessageHeaders.TYPE);
        return "%s  %s  %-18s %s"
                .formatted(
                        TIME.format(EventTime.of(event).toInstant().atZone(zone)),
                        event.key() == null ? "(no key)" : Printable.of(event.key(), MAX_KEY_LENGTH),
                        type == null ? "(no type)" : Printable.of(shortName(type), MAX_TYPE_LENGTH),
                        Printable.of(details(event.value()), MAX_DETAILS_LENGTH))
                .stripTrailing();
    }

    /** The short name of {@code io.orderly.order.OrderPlaced.v1} is {@code OrderPlaced}. */
    private static String shortName(String type) {
        String unversioned = type.replaceFirst("\\.v\\d+$", "");
        return unversioned.substring(unversioned.lastIndexOf('.') + 1);
    }

    private static String details(byte @Nullable [] value) {
        if (value == null) {
            return "";
        }
        try {
            return JSON.readTree(value).properties().stream()
                    .filter(field -> !field.getKey().equals("orderId"))
                    .map(EventLine::detail)
                    .collect(Collectors.joining("  "));
        } catch (JacksonException e) {
            return "(not JSON, %d bytes)".formatted(value.length);
        }
    }

    private static String detail(Map.Entry<String, JsonNode> field) {
        return field.getKey() + "=" + text(field.getValue());
    }

    private static String text(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> value.values().stream().map(EventLine::text).collect(Collectors.joining(", "));
            case OBJECT -> value.values().stream().map(EventLine::text).collect(Collectors.joining(" "));
            default -> value.asString();
        };
    }
}
