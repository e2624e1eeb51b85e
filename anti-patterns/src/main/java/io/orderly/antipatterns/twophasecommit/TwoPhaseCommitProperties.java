package io.orderly.antipatterns.twophasecommit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a service takes part in distributed transactions.
 *
 * @param lockTimeout how long a branch waits for a lock before it votes no. PostgreSQL sees no deadlock that spans two
 *     databases, so this is also what ends one; shorter turns more orders away under contention, longer lets them wait for
 *     each other in vain
 * @param maxPreparing how many branches are prepared at once, 6 by default; the others wait their turn. It must stay below the
 *     size of the connection pool, or the commits that would free the locks queue behind those who wait for them
 * @param commitRetention how long a commit is remembered; one that is repeated later than that is answered as for a branch that
 *     never was
 * @param tombstoneRetention how long a rollback is remembered; a prepare that comes later than that is not refused any more
 */
@Validated
@ConfigurationProperties("orderly.distributed-transaction")
record TwoPhaseCommitProperties(
        @DefaultValue("2s") Duration lockTimeout,
        @DefaultValue("6") @Min(1) @Max(1_000) int maxPreparing,
        @DefaultValue("7d") Duration commitRetention,
        @DefaultValue("1h") Duration tombstoneRetention) {

    TwoPhaseCommitProperties {
        if (lockTimeout.toMillis() < 1) {
            // 0 would mean to PostgreSQL that it waits for ever
            throw new IllegalArgumentException(
                    "orderly.distributed-transaction.lock-timeout must be at least a millisecond, was " + lockTimeout);
        }
    }
}
