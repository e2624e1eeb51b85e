package io.orderly.antipatterns.lockwithouttoken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import io.orderly.kit.fencing.PartitionTokens;
import io.orderly.partitions.PartitionId;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** Compares the anti-pattern with fencing tokens: an owner that has claimed a partition, and another that follows before it commits. */
class LeaseAloneIntegrationTest {

    private static final PartitionId PARTITION = new PartitionId(7);
    private static final Map<PartitionId, Long> EARLIER = Map.of(PARTITION, 5L);
    private static final Map<PartitionId, Long> LATER = Map.of(PARTITION, 6L);

    private final PartitionTokens fenced = new PartitionTokens();
    private final PartitionTokens leaseAlone = new LeaseAlone();
    private Connection owner;
    private Connection next;

    @BeforeEach
    void connect() throws SQLException, IOException {
        Database database = SharedBackends.freshDatabase("lease_alone");
        owner = DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
        next = DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
        for (String migration : List.of("V0.1__messaging.sql", "V0.7__partitions.sql")) {
            try (InputStream script = PartitionTokens.class.getResourceAsStream("/db/kit/" + migration)) {
                execute(owner, new String(script.readAllBytes(), UTF_8));
            }
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        owner.close();
        next.close();
    }

    @Test
    void anOwnerThatWasPausedBeforeItsTransactionIsAdmitted() throws SQLException {
        leaseAlone.raise(owner, EARLIER);
        leaseAlone.raise(next, LATER);

        owner.setAutoCommit(false);
        assertThat(fenced.admit(owner, EARLIER)).isEmpty();
        assertThat(leaseAlone.admit(owner, EARLIER)).containsExactly(PARTITION);
    }

    @Test
    void theNextOwnerDoesNotWaitForATransactionThatWasAdmitted() throws SQLException {
        leaseAlone.raise(owner, EARLIER);
        owner.setAutoCommit(false);
        execute(next, "set lock_timeout = '200ms'");

        fenced.admit(owner, EARLIER);
        assertThatThrownBy(() -> fenced.raise(next, LATER))
                .isInstanceOf(PSQLException.class)
                .hasMessageContaining("lock timeout");
        owner.rollback();

        leaseAlone.admit(owner, EARLIER);
        assertThat(leaseAlone.raise(next, LATER)).isEqualTo(Set.of(PARTITION));
        owner.commit();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
