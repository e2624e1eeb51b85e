package io.orderly.antipatterns.twophasecommit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code orderly.distributed-transaction}.
 *
 * @param lockTimeout how long a branch waits for a lock before it votes no. PostgreSQL does not detect a deadlock that
 *     spans two databases, so this timeout also resolves such deadlocks; a shorter timeout rejects more orders under
 *     contention, a longer one prolongs deadlocks
 * @param maxPreparing the number of branches that are prepared concurrently; others wait. It must be below the size of
 *     the connection pool, otherwise the commits that release locks wait for connections behind the branches that wait
 *     for these locks
 * @param commitRetention how long a commit is recorded; a later repetition is answered as for an unknown branch
 * @param tombstoneRetention how long a rollback is recorded; a later prepare request is not refused
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
            // 0 disables the timeout in PostgreSQL
            throw new IllegalArgumentException(
                    "orderly.distributed-transaction.lock-timeout must be at least a millisecond, was " + lockTimeout);
        }
    }
}
