package io.orderly.kit.fencing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import io.orderly.partitions.OwnedPartitions;
import io.orderly.partitions.OwnedPartitions.Claim;
import io.orderly.partitions.PartitionId;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PartitionTokensIntegrationTest {

    private static final PartitionId FIRST = new PartitionId(0);
    private static final PartitionId SECOND = new PartitionId(1);

    private final PartitionTokens tokens = new PartitionTokens();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private Database database;
    private Connection owner;
    private Connection next;

    @BeforeEach
    void connect() throws SQLException, IOException {
        database = SharedBackends.freshDatabase("fencing");
        owner = connection();
        next = connection();
        for (String migration : List.of("V0.1__messaging.sql", "V0.7__partitions.sql")) {
            try (InputStream script = PartitionTokens.class.getResourceAsStream("/db/kit/" + migration);
                    Statement statement = owner.createStatement()) {
                statement.execute(new String(script.readAllBytes(), UTF_8));
            }
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        owner.close();
        next.close();
    }

    @Test
    void anOwnerIsAdmittedUntilAnotherFollows() throws SQLException {
        assertThat(tokens.raise(owner, Map.of(FIRST, 5L, SECOND, 5L))).containsExactly(FIRST, SECOND);
        assertThat(admitted(owner, Map.of(FIRST, 5L, SECOND, 5L))).containsExactly(FIRST, SECOND);

        assertThat(tokens.raise(next, Map.of(FIRST, 6L))).containsExactly(FIRST);

        assertThat(admitted(owner, Map.of(FIRST, 5L, SECOND, 5L))).containsExactly(SECOND);
        assertThat(tokens.raise(owner, Map.of(FIRST, 5L))).isEmpty();
        assertThat(tokens.read(owner)).containsEntry(FIRST, 6L).containsEntry(SECOND, 5L);
    }

    @Test
    void aRaisedTokenCanBeRaisedAgainByItsOwner() throws SQLException {
        tokens.raise(owner, Map.of(FIRST, 5L));

        assertThat(tokens.raise(owner, Map.of(FIRST, 5L))).containsExactly(FIRST);
    }

    /** What the first transaction writes is committed before the next owner begins. */
    @Test
    void theNextOwnerWaitsForATransactionThatWasAdmitted() throws Exception {
        tokens.raise(owner, Map.of(FIRST, 5L));
        owner.setAutoCommit(false);
        assertThat(tokens.admit(owner, Map.of(FIRST, 5L))).containsExactly(FIRST);

        CompletableFuture<Set<PartitionId>> raised = CompletableFuture.supplyAsync(() -> {
            try {
                return tokens.raise(next, Map.of(FIRST, 6L));
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        await().until(this::aTransactionWaits);
        assertThat(raised).isNotDone();
        owner.commit();

        assertThat(raised.join()).containsExactly(FIRST);
    }

    @Test
    void aTransactionThatWasAdmittedEndsIfItsInstanceIsPaused() throws SQLException {
        tokens.raise(owner, Map.of(FIRST, 5L));
        owner.setAutoCommit(false);
        tokens.admit(owner, Map.of(FIRST, 5L));

        try (Statement statement = owner.createStatement();
                ResultSet timeout = statement.executeQuery("show idle_in_transaction_session_timeout")) {
            timeout.next();
            assertThat(timeout.getString(1)).isEqualTo("30s");
        }
    }

    @Test
    void ownersOfDifferentPartitionsDoNotWaitForEachOther() throws SQLException {
        tokens.raise(owner, Map.of(FIRST, 5L));
        owner.setAutoCommit(false);
        tokens.admit(owner, Map.of(FIRST, 5L));

        assertThat(tokens.raise(next, Map.of(SECOND, 6L))).containsExactly(SECOND);
    }

    @Test
    void aTransactionReceivesThePartitionsThatItMayWriteTo() throws SQLException {
        tokens.raise(next, Map.of(SECOND, 9L));
        var owned = new FixedPartitions(Map.of(FIRST, 5L, SECOND, 5L));

        assertThat(transactions(owned).execute(partitions -> Set.copyOf(partitions)))
                .hasValue(Set.of(FIRST));
        assertThat(owned.open).isZero();
        assertThat(meters.counter("orderly.partitions.refusals").count()).isEqualTo(1);
        assertThat(transactions(new FixedPartitions(Map.of(SECOND, 5L))).execute(partitions -> partitions))
                .isEmpty();
        assertThat(transactions(new FixedPartitions(Map.of())).execute(partitions -> partitions))
                .isEmpty();
    }

    @Test
    void aClaimIsClosedAfterAFailure() {
        var owned = new FixedPartitions(Map.of(FIRST, 5L));

        assertThat(CompletableFuture.runAsync(() -> transactions(owned).execute(_ -> {
                    throw new IllegalStateException("the work failed");
                })))
                .failsWithin(Duration.ofMinutes(1));

        assertThat(owned.open).isZero();
    }

    @Test
    void withoutACoordinatorATransactionMayWriteToAllPartitions() {
        assertThat(transactions(null).execute(partitions -> partitions.size())).hasValue(PartitionId.COUNT);
    }

    @Test
    void aClaimLeavesOutWhatTheDatabaseHasRefused() throws SQLException {
        tokens.raise(next, Map.of(SECOND, 9L));
        var fenced = new FencedPartitions(new FixedPartitions(Map.of(FIRST, 5L, SECOND, 5L)), tokens);

        try (Claim claim = fenced.claim(owner)) {
            assertThat(claim.tokens()).containsOnlyKeys(FIRST);
        }
        tokens.raise(next, Map.of(FIRST, 9L));
        fenced.refused(Set.of(FIRST));

        assertThat(fenced.claim(owner).tokens()).isEmpty();

        try (Statement reset = owner.createStatement()) {
            reset.execute("update partition_tokens set token = 0");
        }
        assertThat(fenced.claim(owner).tokens()).containsOnlyKeys(FIRST, SECOND);
    }

    private PartitionedTransactions transactions(@Nullable OwnedPartitions owned) {
        var dataSource = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        return new PartitionedTransactions(
                owned, tokens, new TransactionTemplate(new JdbcTransactionManager(dataSource)), dataSource, meters);
    }

    private Set<PartitionId> admitted(Connection connection, Map<PartitionId, Long> claimed) throws SQLException {
        connection.setAutoCommit(false);
        try {
            return tokens.admit(connection, claimed);
        } finally {
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private boolean aTransactionWaits() throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from pg_locks where not granted")) {
            return result.next() && result.getLong(1) > 0;
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    /** Owns the same partitions all the time. */
    private static final class FixedPartitions implements OwnedPartitions {

        private final Map<PartitionId, Long> owned;
        private int open;

        FixedPartitions(Map<PartitionId, Long> owned) {
            this.owned = owned;
        }

        @Override
        public Claim claim() {
            open++;
            return new Claim() {
                @Override
                public Map<PartitionId, Long> tokens() {
                    return owned;
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }
    }
}
