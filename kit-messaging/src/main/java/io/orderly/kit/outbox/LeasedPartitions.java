package io.orderly.kit.outbox;

import io.orderly.kit.fencing.FencedPartitions;
import io.orderly.partitions.OwnedPartitions.Claim;
import io.orderly.partitions.PartitionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** With a coordinator: each instance publishes the partitions that it owns under its lease. */
record LeasedPartitions(FencedPartitions fenced) implements RelayPartitions {

    @Override
    public boolean open(Connection connection) {
        return true;
    }

    @Override
    public Claim claim(Connection connection) throws SQLException {
        return fenced.claim(connection);
    }

    @Override
    public void refused(Set<PartitionId> partitions) {
        fenced.refused(partitions);
    }

    @Override
    public void close(Connection connection) {}
}
