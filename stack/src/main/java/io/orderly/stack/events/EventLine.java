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
 * An event as one line: when, which order, what, and the rest of what it says. It reads any JSON, so that it also shows
 * events of types that are newer than itself.
 */
public final class EventLine {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_TYPE = 64;
    private static final int LONGEST_DETAILS = 500;

    private final ZoneId zone;

    /** @param zone the time zone in which times are shown */
    public EventLine(ZoneId zone) {
        this.zone = zone;
    }

    /** The line, escaped and cut, whatever the record holds. */
    public String of(ConsumerRecord<String, byte[]> event) {
        String type = HeaderText.of(event, MessageHeaders.TYPE);
        return "%s  %s  %-18s %s"
                .formatted(
                        TIME.format(EventTime.of(event).toInstant().atZone(zone)),
                        event.key() == null ? "(no key)" : Printable.of(event.key(), LONGEST_KEY),
                        type == null ? "(no type)" : Printable.of(shortName(type), LONGEST_TYPE),
                        Printable.of(details(event.value()), LONGEST_DETAILS))
                .stripTrailing();
    }

    /** {@code io.orderly.order.OrderPlaced.v1} is an {@code OrderPlaced}. */
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
