package io.orderly.kit.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import io.orderly.clock.HybridTimestamp;
import io.orderly.kit.fencing.PartitionTokens;
import io.orderly.kit.unitofwork.PendingChanges;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.partitions.PartitionId;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class OutboxTableIntegrationTest {

    private static final Set<PartitionId> ALL = Set.copyOf(PartitionId.all());
    private static final Map<PartitionId, Long> TOKENS =
            ALL.stream().collect(Collectors.toMap(partition -> partition, _ -> 0L));

    private final OutboxTable table = new OutboxTable(JsonMapper.builder().build(), new PartitionTokens());
    private Database database;
    private Connection connection;
    private UnitOfWork unitOfWork;
    private TransactionTemplate transactions;

    @BeforeEach
    void connect() throws SQLException, IOException {
        database = SharedBackends.freshDatabase("outbox");
        connection = DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
        var dataSource = new SingleConnectionDataSource(connection, true);
        unitOfWork = new UnitOfWork(dataSource, PendingChanges.NONE);
        transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        for (String migration : List.of("V0.1__messaging.sql", "V0.7__partitions.sql")) {
            try (InputStream script = OutboxTable.class.getResourceAsStream("/db/kit/" + migration);
                    Statement statement = connection.createStatement()) {
                statement.execute(new String(script.readAllBytes(), UTF_8));
            }
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void anEmptyDatabaseHasTimestampsOfZero() throws SQLException {
        var highest = OutboxTable.highestTimestamps(connection);

        assertThat(highest.lamportTime()).isZero();
        assertThat(highest.hybridTime()).isEqualTo(HybridTimestamp.MIN);
    }

    @Test
    void theHighestTimestampsAreKeptAfterTheirMessagesAreDeleted() throws SQLException {
        insert(List.of(row(5, 50), row(7, 40)));
        assertHighest(7, 50);

        delete(oldest(10));
        assertThat(oldest(10)).isEmpty();
        assertHighest(7, 50);

        insert(List.of(row(6, 60)));
        assertHighest(7, 60);
        delete(oldest(10));
        assertHighest(7, 60);
    }

    @Test
    void positionsFollowTheOrderOfTheRows() throws SQLException {
        insert(IntStream.range(0, 1_000).mapToObj(i -> row(i, i)).toList());

        List<OutboxRow> oldest = oldest(600);

        assertThat(oldest).hasSize(600);
        assertThat(oldest.stream().map(OutboxRow::lamportTime).toList())
                .isEqualTo(IntStream.range(0, 600).mapToObj(Long::valueOf).toList());
        assertThat(oldest.getFirst().headers()).containsEntry("ce_id", "ünï\"code\\");
    }

    @Test
    void aVacuumDoesNotWaitForTransactionsThatWriteToTheOutbox() throws SQLException {
        insert(IntStream.range(0, 2_000).mapToObj(i -> row(i, i)).toList());
        delete(oldest(2_000));
        try (Connection another =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement writing = another.createStatement();
                Statement timeout = connection.createStatement()) {
            another.setAutoCommit(false);
            // the table lock that an insert takes
            writing.execute("lock table outbox in row exclusive mode");
            // a vacuum that truncates the table would try for 5 s to get an exclusive lock
            timeout.execute("set statement_timeout = '2500ms'");

            assertThatCode(() -> table.vacuum(connection)).doesNotThrowAnyException();
        }
    }

    @Test
    void aBatchEndsWhenItsMaximumSizeIsReached() throws SQLException {
        insert(Stream.generate(() -> large(1_000)).limit(5).toList());

        OutboxTable.OldestRows within = table.oldest(connection, ALL, 10, 2_500);
        assertThat(within.rows()).hasSize(3);
        assertThat(within.mayHaveMore()).isTrue();

        assertThat(table.oldest(connection, ALL, 3, 100_000))
                .matches(each -> each.rows().size() == 3 && each.mayHaveMore());
        assertThat(table.oldest(connection, ALL, 10, 100_000))
                .matches(each -> each.rows().size() == 5 && !each.mayHaveMore());
    }

    @Test
    void aMessageLargerThanTheMaximumSizeIsABatchOfItsOwn() throws SQLException {
        insert(List.of(large(50_000), large(10)));

        assertThat(table.oldest(connection, ALL, 10, 1_000).rows())
                .singleElement()
                .matches(row -> row.body().length == 50_000);
    }

    @Test
    void onlyTheRowsOfTheOwnPartitionsAreReadInTheirOrder() throws SQLException {
        List<String> keys = IntStream.range(0, 200).mapToObj(i -> "key-" + i).toList();
        insert(keys.stream().map(key -> row(key)).toList());
        Set<PartitionId> own = Set.of(new PartitionId(0), new PartitionId(9), new PartitionId(63));

        List<OutboxRow> rows = table.oldest(connection, own, 1_000, 1_000_000).rows();

        assertThat(rows)
                .extracting(OutboxRow::key)
                .containsExactlyElementsOf(keys.stream()
                        .filter(key -> own.contains(PartitionId.of(key)))
                        .toList())
                .isNotEmpty();
    }

    @Test
    void rowsOfAPartitionThatHasALaterOwnerAreNotDeleted() throws SQLException {
        insert(IntStream.range(0, 200).mapToObj(i -> row("key-" + i)).toList());
        List<OutboxRow> rows = oldest(1_000);
        PartitionId lost = PartitionId.of("key-7");
        var tokens = new PartitionTokens();
        assertThat(tokens.raise(connection, Map.of(lost, 5L))).containsExactly(lost);

        assertThat(table.delete(connection, rows, TOKENS)).containsExactly(lost);

        assertThat(oldest(1_000))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.partition()).isEqualTo(lost));
        assertThat(table.delete(connection, oldest(1_000), Map.of(lost, 5L))).isEmpty();
        assertThat(oldest(1_000)).isEmpty();
    }

    /** Rows that were written by an earlier version are read by the owner of their key. */
    @Test
    void theDatabaseComputesTheSamePartitionAsTheService() throws SQLException {
        long seed = System.nanoTime();
        System.out.println("OutboxTableIntegrationTest seed " + seed);
        var random = new Random(seed);
        List<String> keys = Stream.concat(
                        Stream.of("", "a", "é€𝄞"),
                        Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()).toString())
                                .limit(200))
                .toList();
        try (PreparedStatement statement = connection.prepareStatement("select partition_of(?)")) {
            for (String key : keys) {
                statement.setString(1, key);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    assertThat(result.getInt(1))
                            .as(key)
                            .isEqualTo(PartitionId.of(key).value());
                }
            }
        }
    }

    private List<OutboxRow> oldest(int limit) throws SQLException {
        return table.oldest(connection, ALL, limit, Integer.MAX_VALUE).rows();
    }

    private void delete(List<OutboxRow> rows) throws SQLException {
        assertThat(table.delete(connection, rows, TOKENS)).isEmpty();
    }

    private static OutboxRow large(int bytes) {
        return new OutboxRow(0, "t", "k", Map.of(), new byte[bytes], 0, 0);
    }

    private void insert(List<OutboxRow> rows) {
        transactions.executeWithoutResult(status -> table.insert(unitOfWork, rows));
    }

    /** Nothing waits; then a message of a minute ago, before a newer one; and one whose clock was ahead. */
    @Test
    void theAgeIsThatOfTheOldestMessage() throws SQLException {
        var now = Instant.parse("2026-11-29T12:00:00Z");
        var meters = new SimpleMeterRegistry();
        var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        new OutboxGauges(jdbc, Clock.fixed(now, ZoneOffset.UTC)).register(meters);
        TimeGauge age = meters.get("orderly.outbox.age").timeGauge();
        assertThat(age.value(TimeUnit.SECONDS)).isZero();

        insert(List.of(row(1, hybridTime(now.minusSeconds(60))), row(2, hybridTime(now.minusSeconds(30)))));
        assertThat(age.value(TimeUnit.SECONDS)).isEqualTo(60);
        assertThat(meters.get("orderly.outbox.depth").gauge().value()).isEqualTo(2);

        delete(oldest(10));
        insert(List.of(row(3, hybridTime(now.plusSeconds(5)))));
        assertThat(age.value(TimeUnit.SECONDS)).isZero();
    }

    private static long hybridTime(Instant physical) {
        return new HybridTimestamp(physical.toEpochMilli(), 3).toLong();
    }

    private void assertHighest(long lamport, long hybrid) throws SQLException {
        var highest = OutboxTable.highestTimestamps(connection);
        assertThat(highest.lamportTime()).isEqualTo(lamport);
        assertThat(highest.hybridTime().toLong()).isEqualTo(hybrid);
    }

    private static OutboxRow row(String key) {
        return new OutboxRow(0, "t", key, Map.of(), new byte[] {1}, 0, 0);
    }

    private static OutboxRow row(long lamport, long hybrid) {
        return new OutboxRow(0, "t", "k", Map.of("ce_id", "ünï\"code\\"), new byte[] {0, 1, 2}, lamport, hybrid);
    }
}
