package io.orderly.lab.bench.stall;

import io.orderly.backends.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Detects wait events that several sessions of a PostgreSQL server have in common. */
final class SessionWaitSampler implements Sampler {

    private static final String WAITING = """
            select datname, coalesce(wait_event_type || ':' || wait_event, 'a processor'), state = 'active'
              from pg_stat_activity
             where backend_type = 'client backend' and pid <> pg_backend_pid()
               and (state = 'active' or state = 'idle in transaction')
             group by 1, 2, 3 having count(*) >= ?""";

    private static final int MIN_SESSIONS = 3;

    private final Connection connection;
    private final PreparedStatement waiting;

    /** @param administration the administrative database, with superuser access */
    SessionWaitSampler(Database administration) throws SQLException {
        this.connection = DriverManager.getConnection(
                administration.jdbcUrl(), administration.username(), administration.password());
        this.waiting = connection.prepareStatement(WAITING);
        waiting.setInt(1, MIN_SESSIONS);
    }

    @Override
    public List<Occurrence> sample(Instant since, Instant now) throws SQLException {
        List<Occurrence> occurrences = new ArrayList<>();
        try (ResultSet row = waiting.executeQuery()) {
            while (row.next()) {
                String whatFor = row.getBoolean(3) ? row.getString(2) : "their client within a transaction";
                occurrences.add(new Occurrence(
                        "PostgreSQL: sessions of %s waited for %s".formatted(row.getString(1), whatFor), since, now));
            }
        }
        return occurrences;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the sampling session cannot be closed", e);
        }
    }
}
