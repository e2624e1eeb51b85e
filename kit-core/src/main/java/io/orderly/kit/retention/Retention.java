package io.orderly.kit.retention;

import java.time.Duration;

/**
 * How long the rows of a table are kept. A bean of this type is all it takes.
 *
 * @param table its name
 * @param timeColumn when a row was written, by the database's clock
 * @param keep how long it is kept at least
 */
public record Retention(String table, String timeColumn, Duration keep) {

    public Retention {
        if (keep.isNegative()) {
            throw new IllegalArgumentException("retention of " + table + " is negative: " + keep);
        }
    }
}
