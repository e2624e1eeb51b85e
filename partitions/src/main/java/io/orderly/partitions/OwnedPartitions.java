package io.orderly.partitions;

import java.util.Map;

/**
 * The partitions that this instance may work on, as one part of a service sees them. Thread-safe.
 *
 * <p>Work is done under a {@link Claim}: a partition is given to another instance only after the claims that have it were closed, or the
 * lease of this instance is over.
 */
public interface OwnedPartitions {

    /** Claims all partitions that the instance owns now. Returns at once; to be closed soon, because a partition cannot move before. */
    Claim claim();

    /** The right to do one piece of work. */
    interface Claim extends AutoCloseable {

        /** The claimed partitions with the tokens to write with; empty if the instance owns none. */
        Map<PartitionId, Long> tokens();

        /** The work is done. Repeated calls have no effect. */
        @Override
        void close();
    }
}
