package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.DeadRecord;
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
 * @param deadRecords on the dead-letter topics
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
        List<DeadRecord> deadRecords) {

    private static final int SHOWN = 20;

    public boolean isClean() {
        return violations.isEmpty();
    }

    /** For people. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append("Requests: %d, of which %d were acknowledged and %d refused.%n"
                .formatted(requests, acknowledged, refused));
        text.append("Orders: %s%n".formatted(orders));
        if (!parked.isEmpty()) {
            text.append("Parked: %s%n".formatted(parked));
        }
        deadLetters.forEach((database, letters) ->
                letters.forEach(letter -> text.append("Dead letter in %s: %s of %s: %s%n"
                        .formatted(database, letter.topic(), letter.key(), letter.cause()))));
        text.append("%d invariants, %d violations%n".formatted(invariants.size(), violations.size()));
        violations.stream()
                .limit(SHOWN)
                .forEach(violation -> text.append("  ").append(violation).append('\n'));
        if (violations.size() > SHOWN) {
            text.append("  and %d more%n".formatted(violations.size() - SHOWN));
        }
        return text.toString();
    }
}
