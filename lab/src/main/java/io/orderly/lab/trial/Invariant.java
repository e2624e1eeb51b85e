package io.orderly.lab.trial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must hold of the data of a system. It is stated as a question for the violations, whose answer must be empty. */
sealed interface Invariant {

    Duration TIMEOUT = Duration.ofSeconds(30);

    String name();

    /** Asks the system, which has to be running. */
    InvariantResult check() throws InterruptedException;

    /**
     * A query of a database, each row of which is a violation. It runs in a read-only transaction, which is rolled back.
     *
     * @param database its JDBC URL
     */
    record Query(String name, String database, String sql) implements Invariant {

        /** More than are shown, so that the number is of use. */
        private static final int MOST_ROWS = 1_000;

        private static final Pattern QUERY =
                Pattern.compile("(?is)(?:\\s++|--[^\\n]*\\n|/\\*.*?\\*/)*+(?:select|with)\\b[^;]*+;?\\s*+");

        /** What is wrong with a text that is not a single query; the database refuses what writes in other ways. */
        static Optional<String> problemOf(String sql) {
            return QUERY.matcher(sql).matches()
                    ? Optional.empty()
                    : Optional.of(
                            "should be a single query that begins with SELECT or WITH, with a semicolon only at its end");
        }

        @Override
        public InvariantResult check() {
            try (Connection connection = DriverManager.getConnection(database)) {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                try (Statement query = connection.createStatement()) {
                    query.setQueryTimeout((int) TIMEOUT.toSeconds());
                    query.setMaxRows(MOST_ROWS);
                    try (ResultSet rows = query.executeQuery(sql)) {
                        return InvariantResult.of(name, textOf(rows));
                    }
                } finally {
                    connection.rollback();
                }
            } catch (SQLException e) {
                return InvariantResult.notDecided(name, "the query failed: " + e.getMessage());
            }
        }

        private static List<String> textOf(ResultSet rows) throws SQLException {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(rows.getMetaData().getColumnLabel(i) + "=" + rows.getString(i));
                }
                all.add(String.join(", ", columns));
            }
            return all;
        }
    }

    /** A GET that is answered with a JSON list, each element of which is a violation. */
    record Listing(String name, URI address) implements Invariant {

        private static final int OK = 200;

        @Override
        public InvariantResult check() throws InterruptedException {
            try (HttpClient http = HttpClient.newHttpClient()) {
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(address).timeout(TIMEOUT).build(), BodyHandlers.ofString());
                if (response.statusCode() != OK) {
                    return InvariantResult.notDecided(
                            name, "GET %s returned %d".formatted(address, response.statusCode()));
                }
                JsonNode list = JsonMapper.shared().readTree(response.body());
                return list.isArray()
                        ? InvariantResult.of(
                                name,
                                list.values().stream().map(JsonNode::toString).toList())
                        : InvariantResult.notDecided(name, "GET %s returned no JSON list".formatted(address));
            } catch (JacksonException e) {
                return InvariantResult.notDecided(name, "GET %s returned no JSON".formatted(address));
            } catch (IOException e) {
                return InvariantResult.notDecided(name, "GET %s failed: %s".formatted(address, e));
            }
        }
    }
}
