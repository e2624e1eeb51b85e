package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Printable;
import io.orderly.lab.evidence.DeadLetterRecord;
import io.orderly.lab.evidence.ForeignRecords;
import io.orderly.lab.evidence.MessagingRows.DeadLetterRow;
import io.orderly.lab.evidence.OrderRows.Status;
import java.util.List;
import java.util.Map;

/**
 * The result of an audit.
 *
 * @param invariants the names of the checked invariants
 * @param orders the number of orders by status
 * @param requests the number of requests to place an order
 * @param acknowledged the number of requests whose acceptance was received by the client
 * @param refused the number of requests that were rejected
 * @param parked orders that wait for an operator; not a violation, because they are visible
 * @param deadLetters dead letters in the services' databases, by database
 * @param deadRecords records on the dead-letter topics
 * @param foreignRecords records that were not written by a service; not a violation, because any client of the broker
 *     can write them
 */
public record AuditReport(
        List<String> invariants,
        List<Violation> violations,
        Map<Status, Long> orders,
        long requests,
        long acknowledged,
        long refused,
        List<OrderId> parked,
        Map<String, List<DeadLetterRow>> deadLetters,
        List<DeadLetterRecord> deadRecords,
        ForeignRecords foreignRecords) {

    private static final int SHOWN = 20;
    private static final int MAX_NAME_LENGTH = 64;
    private static final int MAX_CAUSE_LENGTH = 300;

    public boolean isClean() {
        return violations.isEmpty();
    }

    /**
     * Whether no operator action is needed: there are no parked orders, dead letters or foreign records. In a system
     * that only the lab uses, any of them is a failure.
     */
    public boolean needsNoOperator() {
        return parked.isEmpty()
                && deadRecords.isEmpty()
                && foreignRecords.isEmpty()
                && deadLetters.values().stream().allMatch(List::isEmpty);
    }

    /** A human-readable report. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append("Requests: %d, of which %d were acknowledged and %d refused.%n"
                .formatted(requests, acknowledged, refused));
        text.append("Orders: %s%n".formatted(orders));
        if (!parked.isEmpty()) {
            text.append("Parked: %s%s%n"
                    .formatted(parked.subList(0, Math.min(SHOWN, parked.size())), more(parked.size())));
        }
        deadLetters.forEach((database, letters) -> append(text, database, letters));
        append(text, foreignRecords);
        text.append("%d invariants, %d violations%n".formatted(invariants.size(), violations.size()));
        violations.stream()
                .limit(SHOWN)
                .forEach(violation -> text.append("  ").append(violation).append('\n'));
        if (violations.size() > SHOWN) {
            text.append(" %s%n".formatted(more(violations.size())));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String database, List<DeadLetterRow> letters) {
        letters.stream()
                .limit(SHOWN)
                .forEach(letter -> text.append("Dead letter in %s: %s of %s: %s%n"
                        .formatted(
                                database,
                                Printable.of(letter.topic(), MAX_NAME_LENGTH),
                                letter.key() == null ? "no key" : Printable.of(letter.key(), MAX_NAME_LENGTH),
                                letter.cause() == null
                                        ? "blocked by an earlier dead letter of its key"
                                        : Printable.of(letter.cause(), MAX_CAUSE_LENGTH))));
        if (letters.size() > SHOWN) {
            text.append("Dead letters in %s:%s%n".formatted(database, more(letters.size())));
        }
    }

    private static void append(StringBuilder text, ForeignRecords records) {
        records.shown()
                .forEach(
                        record -> text.append("Foreign record: ").append(record).append('\n'));
        if (records.count() > records.shown().size()) {
            text.append("Foreign records: and %d more%n"
                    .formatted(records.count() - records.shown().size()));
        }
    }

    private static String more(int count) {
        return count > SHOWN ? " and %d more".formatted(count - SHOWN) : "";
    }
}
