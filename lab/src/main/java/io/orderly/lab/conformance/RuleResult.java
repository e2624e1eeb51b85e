package io.orderly.lab.conformance;

import java.time.Duration;
import java.util.List;

/**
 * The verdict on one rule, and what it rests on.
 *
 * @param exchange all messages of the rule, in the order in which they were sent and received
 * @param took from the first message of the rule to its verdict
 */
public record RuleResult(Rule rule, Verdict verdict, List<Line> exchange, Duration took) {

    public RuleResult {
        exchange = List.copyOf(exchange);
    }

    /** What a line of an exchange is about. */
    public enum Kind {
        SENT,
        RECEIVED,
        DEAD_LETTER,
        RESTARTED
    }

    /**
     * A message, or the restart of the participant.
     *
     * @param at since the rule began
     * @param what the message, such as {@code StockReserved}
     * @param text key, id and body, printable and truncated
     */
    public record Line(Duration at, Kind kind, String what, String text) {}
}
