package io.orderly.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedPostgreSqlIntegrationTest {

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "max_prepared_transactions, 256",
        "server_encoding, UTF8"
    })
    void runsWithTheSettingsOfProduction(String setting, String value) throws SQLException {
        assertThat(query(SharedBackends.freshDatabase("settings"), "SHOW " + setting))
                .isEqualTo(value);
    }

    @Test
    void isVersion18() throws SQLException {
        assertThat(query(SharedBackends.freshDatabase("version"), "SHOW server_version"))
                .startsWith("18.");
    }

    @Test
    void providesAnEmptyDatabaseForEachCaller() throws SQLException {
        Database first = SharedBackends.freshDatabase("orders");
        Database second = SharedBackends.freshDatabase("orders");
        execute(first, "CREATE TABLE marker (id int)");
        assertThat(query(second, "SELECT count(*) FROM pg_tables WHERE tablename = 'marker'"))
                .isEqualTo("0");
    }

    @Test
    void refusesAWrongPassword() {
        Database database = SharedBackends.freshDatabase("orders");
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.username(), "wrong"))
                .hasMessageContaining("password");
    }

    @Test
    void keepsItsDataOverARestart(@TempDir Path folder) throws SQLException {
        try (EmbeddedPostgreSql server = EmbeddedPostgreSql.start(folder, 0)) {
            execute(server.createDatabase("orders"), "CREATE TABLE marker AS SELECT 42 AS id");
        }
        try (EmbeddedPostgreSql server = EmbeddedPostgreSql.start(folder, 0)) {
            assertThat(query(server.createDatabase("orders"), "SELECT id FROM marker"))
                    .isEqualTo("42");
        }
    }

    @Test
    void reportsWhyItDoesNotStart(@TempDir Path folder) {
        try (EmbeddedPostgreSql first = EmbeddedPostgreSql.start(folder.resolve("first"), 0)) {
            assertThatThrownBy(() -> EmbeddedPostgreSql.start(folder.resolve("second"), first.port()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Address already in use");
        }
    }

    private static String query(Database database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Database database, String command) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }
}
