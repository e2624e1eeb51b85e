package io.orderly.antipatterns.twophasecommit.manager;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the transaction manager works.
 *
 * @param prepareTimeout how long it waits for all votes; who has not voted by then counts as a no
 * @param timeout after how long a branch without a decision is given up. Below the prepare timeout it would take branches from
 *     under managers that still collect votes; the longer it is, the longer the locks of a manager that died are held
 * @param recoveryInterval how often the log and the participants are searched for what a crash has left
 * @param maxConcurrent how many transactions one instance runs at once; more are turned away. Each takes four prepared
 *     transactions, and PostgreSQL has room for {@code max_prepared_transactions} of them
 * @param asking whether the participants are asked for their votes all at once, or one after the other in an order that is the
 *     same for all transactions. The latter takes longer, but two orders that share a product and a region cannot each hold
 *     what the other one waits for
 * @param abortRetention how long it is remembered that a transaction was given up; a manager that is paused for longer could
 *     take up again what no longer is
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
