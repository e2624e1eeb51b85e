package io.orderly.lab.failure;

import io.orderly.backends.Database;
import io.orderly.lab.system.IsolatedSystem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Blocks reservations with a table lock until it is closed, so orders stay in their first step. */
final class BlockedReservations implements AutoCloseable {

    private final Connection connection;

    private BlockedReservations(Connection connection) {
        this.connection = connection;
    }

    static BlockedReservations of(IsolatedSystem system) throws SQLException {
        Database database = system.database("inventory");
        Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table reservations in access exclusive mode");
        }
        return new BlockedReservations(connection);
    }

    /** Releases the lock by closing the connection. */
    void release() throws SQLException {
        connection.close();
    }

    @Override
    public void close() throws SQLException {
        release();
    }
}
