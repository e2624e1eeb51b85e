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
 * What an audit came to.
 *
 * @param invariants the names of all that was checked
 * @param orders how many there are of each status
 * @param requests how many orders clients tried to place
 * @param acknowledged how many of those were accepted, as far as clients know
 * @param refused how many were told no
 * @param parked orders that wait for an operator: no violation, as long as everyone can see them
 * @param deadLetters that wait in the services' databases, by database
 * @param deadRecords that services have put on the dead-letter topics
 * @param foreignRecords that no service has written: no violation, for any client of the broker may write, and the system
 *     is judged by what it does
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
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_CAUSE = 300;

    public boolean isClean() {
        return violations.isEmpty();
    }

    /**
     * Whether there is nothing for an operator to look at: no order is parked, no message is a dead letter, and no record is
     * foreign. In a system that has no clients but the lab's, anything else is a failure.
     */
    public boolean needsNoOperator() {
        return parked.isEmpty()
                && deadRecords.isEmpty()
                && foreignRecords.isEmpty()
                && deadLetters.values().stream().allMatch(List::isEmpty);
    }

    /** For people. */
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
                                Printable.of(letter.topic(), LONGEST_NAME),
                                letter.key() == null ? "no key" : Printable.of(letter.key(), LONGEST_NAME),
                                letter.cause() == null
                                        ? "waits behind an earlier one of its key"
                                        : Printable.of(letter.cause(), LONGEST_CAUSE))));
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
