package io.orderly.provider.book;

import java.math.BigDecimal;
import java.util.Map;

/**
 * The sums over the whole book at one moment.
 *
 * @param sequence the latest change that is included
 * @param payments the number of keys in the book, including tombstones
 * @param tombstones the number of keys that were voided before their request arrived
 * @param byCurrency sums per ISO 4217 code and current status; a refunded payment is included as refunded only
 */
public record Summary(long sequence, int payments, int tombstones, Map<String, Map<Status, Tally>> byCurrency) {

    /** The number of payments, and the sum of their amounts. */
    public record Tally(int count, BigDecimal amount) {

        /** No payments. */
        public static final Tally NONE = new Tally(0, BigDecimal.ZERO);

        Tally plus(BigDecimal more) {
            return new Tally(count + 1, amount.add(more));
        }

        Tally minus(BigDecimal less) {
            return new Tally(count - 1, amount.subtract(less));
        }
    }
}
