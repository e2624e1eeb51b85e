package io.orderly.lab.bench;

import io.orderly.backends.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A wait before each flush of PostgreSQL's write-ahead log, as if the disk were slower. Transactions that commit meanwhile share the flush. Uses
 * {@code commit_delay}, with {@code commit_siblings} of 0, so that a transaction that is alone waits too.
 *
 * @param duration zero for none; at most {@link #MAX_MILLIS}
 */
record CommitDelay(Duration duration) {

    /** What PostgreSQL allows. */
    static final int MAX_MILLIS = 100;

    CommitDelay {
        if (duration.isNegative() || duration.toMillis() > MAX_MILLIS) {
            throw new IllegalArgumentException("The commit delay must be between 0 and %d ms, and is %d ms"
                    .formatted(MAX_MILLIS, duration.toMillis()));
        }
    }

    /**
     * Sets the delay for all sessions of the server.
     *
     * @param administration the administrative database, with superuser access
     */
    void set(Database administration) {
        if (duration.isZero()) {
            return;
        }
        try (Connection connection = DriverManager.getConnection(
                        administration.jdbcUrl(), administration.username(), administration.password());
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set commit_siblings = 0");
            // in microseconds
            statement.execute("alter system set commit_delay = " + duration.toNanos() / 1_000);
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException("The commit delay cannot be set", e);
        }
    }
}
