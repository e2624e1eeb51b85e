package io.orderly.antipatterns.twophasecommit.manager;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code orderly.distributed-transaction.manager}.
 *
 * @param prepareTimeout how long votes are awaited; a missing vote counts as a no
 * @param timeout the age at which recovery aborts a branch without a decision. Below the prepare timeout it would abort
 *     branches whose managers still collect votes; a longer timeout prolongs the locks of a manager that died
 * @param recoveryInterval the interval between two recovery runs
 * @param maxConcurrent the number of concurrent transactions of one instance; more are rejected. Each needs four
 *     prepared transactions, which PostgreSQL limits by {@code max_prepared_transactions}
 * @param asking whether votes are requested from all participants at once, or one after the other in a fixed order. The
 *     latter takes longer, but prevents that two orders that share a product and a region each hold a lock that the
 *     other one waits for
 * @param abortRetention how long an abort is recorded; a manager that is paused for longer could commit a transaction
 *     that was aborted
 */
@Validated
@ConfigurationProperties("orderly.distributed-transaction.manager")
record TransactionManagerProperties(
        @DefaultValue("5s") Duration prepareTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("5s") Duration recoveryInterval,
        @DefaultValue("50") @Min(1) @Max(10_000) int maxConcurrent,
        @DefaultValue("AT_ONCE") VoteRequestMode asking,
        @DefaultValue("24h") Duration abortRetention) {

    enum VoteRequestMode {
        AT_ONCE,
        IN_ORDER
    }

    TransactionManagerProperties {
        if (timeout.compareTo(prepareTimeout) < 0) {
            throw new IllegalArgumentException(
                    "orderly.distributed-transaction.manager.timeout must not be below the prepare timeout, was "
                            + timeout + " below " + prepareTimeout);
        }
        if (recoveryInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "orderly.distributed-transaction.manager.recovery-interval must be at least a millisecond, was "
                            + recoveryInterval);
        }
    }
}
