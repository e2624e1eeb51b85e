package io.orderly.kit.retention;

import java.time.Duration;

/**
 * How long the rows of a table are kept. The sweeper deletes from every table that has a bean of this type.
 *
 * @param table the name of the table
 * @param timeColumn the column with the time at which a row was written, by the database's clock
 * @param keep the minimum time for which a row is kept; not negative
 */
public record Retention(String table, String timeColumn, Duration keep) {

    public Retention {
        if (keep.isNegative()) {
            throw new IllegalArgumentException("retention of " + table + " is negative: " + keep);
        }
    }
}
