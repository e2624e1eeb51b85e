package io.orderly.provider.book;

import java.math.BigDecimal;
import java.util.Map;

/**
 * The sums over the whole book at one moment.
 *
 * @param sequence the latest change that is counted
 * @param payments how many keys the book knows, tombstones included
 * @param tombstones how many of them were voided before anything was asked for
 * @param byCurrency per ISO 4217 code and present status: a refunded payment counts as refunded only
 */
public record Summary(long sequence, int payments, int tombstones, Map<String, Map<Status, Tally>> byCurrency) {

    /** How many payments, and how much in all. */
    public record Tally(int count, BigDecimal amount) {

        /** Nothing, yet. */
        public static final Tally NONE = new Tally(0, BigDecimal.ZERO);

        Tally plus(BigDecimal more) {
            return new Tally(count + 1, amount.add(more));
        }

        Tally minus(BigDecimal less) {
            return new Tally(count - 1, amount.subtract(less));
        }
    }
}
