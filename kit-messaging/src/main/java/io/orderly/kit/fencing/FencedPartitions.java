package io.orderly.kit.fencing;

import io.orderly.partitions.OwnedPartitions;
import io.orderly.partitions.OwnedPartitions.Claim;
import io.orderly.partitions.PartitionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that this instance owns and whose tokens the database accepts, for one kind of work. A token is raised in the database before
 * its first use, and is not used while the database has a higher one. Not thread-safe.
 */
public final class FencedPartitions {

    private static final Logger log = LoggerFactory.getLogger(FencedPartitions.class);

    private final OwnedPartitions owned;
    private final PartitionTokens tokens;
    private final Map<PartitionId, Long> raised = new HashMap<>();
    private final Map<PartitionId, Long> refused = new HashMap<>();

    public FencedPartitions(OwnedPartitions owned, PartitionTokens tokens) {
        this.owned = owned;
        this.tokens = tokens;
    }

    /** Claims the partitions that the instance may write to, as far as is known; to be closed when the work is committed. */
    public Claim claim(Connection connection) throws SQLException {
        Claim claim = owned.claim();
        try {
            raise(connection, claim.tokens());
            Map<PartitionId, Long> usable = new TreeMap<>(claim.tokens());
            usable.entrySet().retainAll(raised.entrySet());
            return new UsableClaim(usable, claim);
        } catch (SQLException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    /** The database has refused the tokens of these partitions: they have a later owner. */
    public void refused(Set<PartitionId> partitions) {
        Map<PartitionId, Long> stale = new TreeMap<>();
        partitions.forEach(partition -> stale.computeIfAbsent(partition, raised::remove));
        refused.putAll(stale);
        log.warn("The database has refused a write to partitions that have a later owner: {}", stale);
    }

    private void raise(Connection connection, Map<PartitionId, Long> claimed) throws SQLException {
        Map<PartitionId, Long> unused = new TreeMap<>(claimed);
        unused.entrySet().removeAll(raised.entrySet());
        if (!unused.isEmpty()) {
            // also those that were refused before: an operator may have set the stored tokens to 0
            Set<PartitionId> admitted = tokens.raise(connection, unused);
            admitted.forEach(partition -> raised.put(partition, unused.get(partition)));
            refused.keySet().removeAll(admitted);
            unused.keySet().removeAll(admitted);
            refuse(unused);
        }
    }

    private void refuse(Map<PartitionId, Long> stale) {
        Map<PartitionId, Long> unknown = new TreeMap<>(stale);
        unknown.entrySet().removeAll(refused.entrySet());
        if (!unknown.isEmpty()) {
            refused.putAll(unknown);
            log.warn(
                    "The database refuses tokens of partitions, because it has accepted higher ones: {}. If this instance remains their"
                            + " owner, the coordinator has lost its data, and there is no work on them until their rows in partition_tokens"
                            + " are set to 0",
                    unknown);
        }
    }

    private record UsableClaim(Map<PartitionId, Long> tokens, Claim claim) implements Claim {

        @Override
        public void close() {
            claim.close();
        }
    }
}
