package io.orderly.stack.tour;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What happened to an order.
 *
 * @param status the order's status as the order-service names it
 * @param entries in their order; never empty
 */
public record Timeline(String orderId, String status, List<Entry> entries) {

    private static final Set<String> ENDS = Set.of("CONFIRMED", "REJECTED", "CANCELLED", "PARKED");

    /**
     * One thing that happened.
     *
     * @param at by the wall clock of whoever caused it
     * @param kind such as {@code COMMAND}
     * @param step the saga's step that it is about, or empty
     * @param what the message that was sent or heard, and the cause; may be empty
     */
    public record Entry(Instant at, long lamportTime, String kind, String step, String what) {

        static Entry of(JsonNode json) {
            JsonNode cause = json.path("cause");
            String what = cause.isObject()
                    ? "%s  %s: %s"
                            .formatted(text(json, "message"), text(cause, "reason"), text(cause, "detail"))
                            .strip()
                    : text(json, "message");
            return new Entry(
                    Instant.parse(text(json, "at")),
                    json.path("lamportTime").asLong(),
                    text(json, "kind"),
                    text(json, "step"),
                    what);
        }

        private static String text(JsonNode json, String field) {
            return json.path(field).asString("");
        }
    }

    static Timeline of(JsonNode json) {
        List<Entry> entries =
                json.path("entries").values().stream().map(Entry::of).toList();
        return new Timeline(json.path("orderId").asString(), json.path("status").asString(), entries);
    }

    boolean hasEnded() {
        return ENDS.contains(status);
    }

    /** From the acceptance to the last entry. */
    public Duration duration() {
        return Duration.between(entries.getFirst().at(), entries.getLast().at());
    }

    /** A table for people: milliseconds since the order was accepted, Lamport time, and what happened. */
    @Override
    public String toString() {
        Instant placed = entries.getFirst().at();
        return entries.stream()
                .map(entry -> "  %6d ms  %8d  %-9s  %-18s  %s"
                        .formatted(
                                Duration.between(placed, entry.at()).toMillis(),
                                entry.lamportTime(),
                                entry.kind(),
                                entry.step(),
                                entry.what())
                        .stripTrailing())
                .collect(Collectors.joining("\n", "      since   Lamport  what       step\n", "\n"));
    }
}
