package io.orderly.kit.fencing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.partitions.OwnedPartitions;
import io.orderly.partitions.OwnedPartitions.Claim;
import io.orderly.partitions.PartitionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Transactions that write to the partitions of this instance only: the tokens are compared in the same transaction. Without a coordinator an
 * instance may write to all partitions, and what it does has to be correct if another instance does the same. Thread-safe.
 */
public final class PartitionedTransactions {

    /** The name of these transactions, in logs and for listeners. */
    public static final String NAME = "partitions";

    private static final Set<PartitionId> ALL = Set.copyOf(PartitionId.all());

    private final @Nullable OwnedPartitions owned;
    private final PartitionTokens tokens;
    private final TransactionOperations transactions;
    private final DataSource dataSource;
    private final Counter refusals;

    /** @param owned null if there is no coordinator */
    public PartitionedTransactions(
            @Nullable OwnedPartitions owned,
            PartitionTokens tokens,
            TransactionOperations transactions,
            DataSource dataSource,
            MeterRegistry meters) {
        this.owned = owned;
        this.tokens = tokens;
        this.transactions = transactions;
        this.dataSource = dataSource;
        this.refusals = Counter.builder("orderly.partitions.refusals")
                .description(
                        "partitions that a transaction left out, because another instance has followed as their owner")
                .register(meters);
    }

    /**
     * Executes work in a transaction.
     *
     * @param work receives the partitions that it may write to; at least one
     * @return empty if the instance may write to none, or the work returns null
     */
    public <T> Optional<T> execute(Function<Set<PartitionId>, @Nullable T> work) {
        if (owned == null) {
            return Optional.ofNullable(transactions.execute(_ -> work.apply(ALL)));
        }
        // closed after the commit
        try (Claim claim = owned.claim()) {
            if (claim.tokens().isEmpty()) {
                return Optional.empty();
            }
            return Optional.ofNullable(transactions.execute(_ -> {
                Set<PartitionId> admitted = admit(claim.tokens());
                return admitted.isEmpty() ? null : work.apply(admitted);
            }));
        }
    }

    private Set<PartitionId> admit(Map<PartitionId, Long> claimed) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            Set<PartitionId> admitted = new TreeSet<>(tokens.admit(connection, claimed));
            Map<PartitionId, Long> others = new TreeMap<>(claimed);
            others.keySet().removeAll(admitted);
            if (!others.isEmpty()) {
                // another transaction of this instance may raise them meanwhile, so they are compared again and locked
                tokens.raise(connection, others);
                admitted.addAll(tokens.admit(connection, others));
            }
            refusals.increment(claimed.size() - admitted.size());
            return admitted;
        } catch (SQLException e) {
            throw new UncategorizedSQLException("admit the tokens of partitions", null, e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
