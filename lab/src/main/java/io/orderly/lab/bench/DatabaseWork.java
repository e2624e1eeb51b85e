package io.orderly.lab.bench;

import io.orderly.backends.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The work of a PostgreSQL server for all its databases, from its own statistics. Sessions report their statistics
 * about once a second, so the counts are accurate for many transactions only.
 *
 * @param rows the number of inserted, updated and deleted rows
 * @param walBytes the size of the write-ahead log written
 */
record DatabaseWork(long commits, long rows, long walBytes) {

    private static final String COUNT = """
            select sum(xact_commit), sum(tup_inserted + tup_updated + tup_deleted),
                   pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')
              from pg_stat_database""";

    /** @param database any database on the server */
    static DatabaseWork on(Database database) {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(COUNT)) {
            row.next();
            return new DatabaseWork(row.getLong(1), row.getLong(2), row.getLong(3));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the statistics of PostgreSQL", e);
        }
    }

    DatabaseWork since(DatabaseWork before) {
        return new DatabaseWork(commits - before.commits, rows - before.rows, walBytes - before.walBytes);
    }
}
