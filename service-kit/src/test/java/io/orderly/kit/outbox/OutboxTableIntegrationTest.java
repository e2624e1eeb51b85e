package io.orderly.kit.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import io.orderly.clock.HybridTimestamp;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OutboxTableIntegrationTest {

    private final OutboxTable table = new OutboxTable(JsonMapper.builder().build());
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException, IOException {
        Database database = SharedBackends.freshDatabase("outbox");
        connection = DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
        try (InputStream script = OutboxTable.class.getResourceAsStream("/db/kit/V0.1__messaging.sql");
                Statement statement = connection.createStatement()) {
            statement.execute(new String(script.readAllBytes(), UTF_8));
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void anEmptyDatabaseHasPublishedNothing() throws SQLException {
        var highest = OutboxTable.highestStamp(connection);

        assertThat(highest.lamportTime()).isZero();
        assertThat(highest.hybridTime()).isEqualTo(HybridTimestamp.MIN);
    }

    @Test
    void theHighestStampIsRememberedAfterItsMessageIsGone() throws SQLException {
        table.insert(connection, List.of(row(5, 50), row(7, 40)));
        assertHighest(7, 50);

        table.delete(connection, table.oldest(connection, 10));
        assertThat(table.oldest(connection, 10)).isEmpty();
        assertHighest(7, 50);

        table.insert(connection, List.of(row(6, 60)));
        assertHighest(7, 60);
        table.delete(connection, table.oldest(connection, 10));
        assertHighest(7, 60);
    }

    @Test
    void positionsFollowTheOrderOfAppending() throws SQLException {
        table.insert(
                connection, IntStream.range(0, 1_000).mapToObj(i -> row(i, i)).toList());

        List<OutboxRow> oldest = table.oldest(connection, 600);

        assertThat(oldest).hasSize(600);
        assertThat(oldest.stream().map(OutboxRow::lamportTime).toList())
                .isEqualTo(IntStream.range(0, 600).mapToObj(Long::valueOf).toList());
        assertThat(oldest.getFirst().headers()).containsEntry("ce_id", "ünï\"code\\");
    }

    private void assertHighest(long lamport, long hybrid) throws SQLException {
        var highest = OutboxTable.highestStamp(connection);
        assertThat(highest.lamportTime()).isEqualTo(lamport);
        assertThat(highest.hybridTime().toLong()).isEqualTo(hybrid);
    }

    private static OutboxRow row(long lamport, long hybrid) {
        return new OutboxRow(0, "t", "k", Map.of("ce_id", "ünï\"code\\"), new byte[] {0, 1, 2}, lamport, hybrid);
    }
}
