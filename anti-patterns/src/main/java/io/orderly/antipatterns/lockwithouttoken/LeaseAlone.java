package io.orderly.antipatterns.lockwithouttoken;

import io.orderly.kit.fencing.PartitionTokens;

/**
 * Admits each write of an instance that was the owner when it began. An owner still notes its tokens in the database, but no write is compared
 * with them. If it is paused for longer than its lease, or its transaction waits that long, it commits after another instance has followed.
 */
final class LeaseAlone extends PartitionTokens {

    private static final String CLAIMED = """
            select claim.partition_id from unnest(?::smallint[], ?::bigint[]) as claim (partition_id, token)""";

    /** All claimed partitions, without a lock for which the next owner would have to wait. */
    @Override
    public String admitted() {
        return CLAIMED;
    }
}
