package io.orderly.coordinator.client.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import io.orderly.coordinator.client.FencingToken;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FencingGuardIntegrationTest {

    private static Database database;
    private final FencingGuard guard = new FencingGuard();

    @BeforeAll
    static void createTables() throws SQLException {
        database = SharedBackends.freshDatabase("fencing");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(FencingGuard.tableDefinition());
            statement.execute("CREATE TABLE report (resource text, writer bigint)");
        }
    }

    @Test
    void admitsTheSameTokenAgainAndEveryLaterOne() throws SQLException {
        write("grow", 5);
        write("grow", 5);
        write("grow", 9);
        assertThat(written("grow")).isEqualTo("5,5,9");
    }

    @Test
    void refusesAStaleTokenAndRollsItsWriteBack() throws SQLException {
        write("stale", 9);
        assertThatThrownBy(() -> write("stale", 8)).isInstanceOf(StaleTokenException.class);
        assertThat(written("stale")).isEqualTo("9");
    }

    @Test
    void checksEachResourceSeparately() throws SQLException {
        write("one", 9);
        write("two", 3);
        assertThat(written("two")).isEqualTo("3");
    }

    @Test
    void doesNotKeepATokenWhoseTransactionWasRolledBack() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            guard.admit(connection, "rolled back", new FencingToken(9));
            connection.rollback();
        }
        write("rolled back", 3);
    }

    @Test
    void aStaleHolderWaitsForTheNewerTransactionAndIsRefused() throws Exception {
        try (Connection newer = connect()) {
            newer.setAutoCommit(false);
            guard.admit(newer, "concurrent", new FencingToken(9));
            insert(newer, "concurrent", 9);
            CompletableFuture<Void> stale = CompletableFuture.runAsync(() -> writeUnchecked("concurrent", 8));
            await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 1);
            newer.commit();
            assertThatThrownBy(() -> stale.orTimeout(20, TimeUnit.SECONDS).join())
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseInstanceOf(StaleTokenException.class);
        }
        assertThat(written("concurrent")).isEqualTo("9");
    }

    @Test
    void aNewerHolderWaitsForTheTransactionOfTheOlderOne() throws Exception {
        try (Connection older = connect()) {
            older.setAutoCommit(false);
            guard.admit(older, "ordered", new FencingToken(8));
            CompletableFuture<Void> newer = CompletableFuture.runAsync(() -> writeUnchecked("ordered", 9));
            await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 1);
            insert(older, "ordered", 8);
            older.commit();
            newer.orTimeout(20, TimeUnit.SECONDS).join();
        }
        assertThat(written("ordered")).isEqualTo("8,9");
    }

    @Test
    void refusesAConnectionWithoutATransaction() throws SQLException {
        try (Connection connection = connect()) {
            assertThatThrownBy(() -> guard.admit(connection, "auto", new FencingToken(1)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private void write(String resource, long token) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            insert(connection, resource, token);
            try {
                guard.admit(connection, resource, new FencingToken(token));
                connection.commit();
            } catch (StaleTokenException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private void writeUnchecked(String resource, long token) {
        try {
            write(resource, token);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void insert(Connection connection, String resource, long token) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO report VALUES ('%s', %d)".formatted(resource, token));
        }
    }

    private static int waiting() throws SQLException {
        return Integer.parseInt(query("SELECT count(*) FROM pg_locks WHERE NOT granted"));
    }

    private static String written(String resource) throws SQLException {
        return query("SELECT string_agg(writer::text, ',' ORDER BY writer) FROM report WHERE resource = '%s'"
                .formatted(resource));
    }

    private static String query(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }
}
