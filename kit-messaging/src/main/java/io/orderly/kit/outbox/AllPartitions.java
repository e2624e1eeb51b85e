package io.orderly.kit.outbox;

import io.orderly.kit.fencing.PartitionTokens;
import io.orderly.partitions.OwnedPartitions.Claim;
import io.orderly.partitions.PartitionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Without a coordinator: the relay that holds a PostgreSQL advisory lock publishes all partitions, and those of other instances wait. The lock
 * belongs to the connection that also reads and deletes, so a relay that has lost it cannot delete rows.
 */
final class AllPartitions implements RelayPartitions {

    private static final Logger log = LoggerFactory.getLogger(AllPartitions.class);

    /** The key of the advisory lock: "outbox" in ASCII. */
    private static final long ADVISORY_LOCK = 0x6F7574626F78L;

    private final PartitionTokens tokens;
    private Map<PartitionId, Long> stored = Map.of();

    AllPartitions(PartitionTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean open(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, ADVISORY_LOCK);
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next() || !result.getBoolean(1)) {
                    return false;
                }
            }
        }
        if (stored.isEmpty()) {
            // read once: tokens that are higher later are those of an instance with a coordinator
            stored = tokens.read(connection);
        }
        return true;
    }

    @Override
    public Claim claim(Connection connection) {
        return new EndlessClaim(stored);
    }

    /** An instance with a coordinator uses the same database, and owns these partitions. */
    @Override
    public void refused(Set<PartitionId> partitions) {
        throw new IllegalStateException(
                "partitions %s are owned by an instance that uses a coordinator; all instances or none may use it"
                        .formatted(partitions));
    }

    @Override
    public void close(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_unlock(%d)".formatted(ADVISORY_LOCK));
        } catch (SQLException e) {
            log.debug("The lock is released when the connection is closed", e);
        }
    }

    private record EndlessClaim(Map<PartitionId, Long> tokens) implements Claim {

        @Override
        public void close() {}
    }
}
