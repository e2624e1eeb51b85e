package io.orderly.coordinator.client.fencing;

import io.orderly.coordinator.client.FencingToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Refuses writes of holders that have been followed by another: the check that makes a distributed lock safe. The guard and the
 * writes that it protects are one transaction.
 *
 * <p>The table {@code fencing_token} has the highest token that each resource was used with. One statement compares and raises it,
 * and locks its row until the transaction ends. So transactions on the same resource exclude each other, and one with an old token
 * cannot commit after one with a newer token.
 *
 * <p>Stateless and thread-safe.
 */
public final class FencingGuard {

    private static final String RAISE = """
            INSERT INTO fencing_token AS stored (resource, token) VALUES (?, ?)
            ON CONFLICT (resource) DO UPDATE SET token = EXCLUDED.token WHERE stored.token <= EXCLUDED.token
            """;

    /** The statement that creates the table, for the application's migrations. */
    public static String tableDefinition() {
        try (InputStream text = FencingGuard.class.getResourceAsStream("fencing_token.sql")) {
            if (text == null) {
                throw new IllegalStateException("fencing_token.sql is not on the class path");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Admits a token that is at least as high as all before. Waits for other transactions on the same resource. To be called before the
     * writes that it protects, with isolation READ COMMITTED.
     *
     * @param connection in the transaction of these writes
     * @param resource the guarded resource, for instance the name of the lock
     * @throws StaleTokenException if a higher token was used; the transaction must be rolled back, and Spring does so
     * @throws IllegalStateException if the connection commits each statement by itself
     * @throws SQLException if the statement fails
     */
    public void admit(Connection connection, String resource, FencingToken token) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("a guard without a transaction does not protect the following statements");
        }
        try (PreparedStatement raise = connection.prepareStatement(RAISE)) {
            raise.setString(1, resource);
            raise.setLong(2, token.value());
            if (raise.executeUpdate() == 0) {
                throw new StaleTokenException(resource, token);
            }
        }
    }
}
