package io.orderly.kit.outbox;

import io.orderly.partitions.OwnedPartitions.Claim;
import io.orderly.partitions.PartitionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Decides which partitions of the outbox a relay publishes, so that they have one relay at a time. Used by one thread. */
interface RelayPartitions {

    /**
     * Called for each new connection of the relay.
     *
     * @return whether the relay may use it; otherwise {@link #close} is not called
     */
    boolean open(Connection connection) throws SQLException;

    /** Claims the partitions of one batch. Their tokens are the highest ones, unless another instance has followed since. */
    Claim claim(Connection connection) throws SQLException;

    /** The database has refused the tokens of these partitions: they have a later owner. */
    void refused(Set<PartitionId> partitions);

    /** Called before the connection is returned, also if it is broken. */
    void close(Connection connection);
}
