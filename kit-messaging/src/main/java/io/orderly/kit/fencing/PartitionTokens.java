package io.orderly.kit.fencing;

import io.orderly.partitions.PartitionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The table {@code partition_tokens}: the highest token that each partition was owned with. Each transaction of an owner locks the rows of its
 * partitions, and so does the first one of the next owner, which raises the tokens. After that, no transaction with an earlier token can
 * commit. A statement locks its rows in ascending order. Stateless and thread-safe.
 *
 * <p>A bean of a subclass replaces it: for example in a service whose tokens are in rows of its own.
 */
public class PartitionTokens {

    private static final String ADMITTED = """
            select stored.partition_id
              from unnest(?::smallint[], ?::bigint[]) as claim (partition_id, token)
              join partition_tokens as stored using (partition_id)
             where stored.token = claim.token
             order by stored.partition_id
               for share of stored""";

    // A transaction whose instance is paused ends after a while, because the next owner waits for its locks.
    private static final String ADMIT = """
            with bounded as materialized (select set_config('idle_in_transaction_session_timeout', '30s', true))
            select admitted.partition_id from bounded, (%s) as admitted""";

    // A query locks the rows in its order, an update in that of its join. The commit waits for the disk even where the
    // connection has turned this off, so an accepted token is never lost.
    private static final String RAISE = """
            with durably as materialized (select set_config('synchronous_commit', 'on', true)),
                 lower as (
                select stored.partition_id, claim.token
                  from unnest(?::smallint[], ?::bigint[]) as claim (partition_id, token)
                  join partition_tokens as stored using (partition_id)
                 where stored.token < claim.token
                 order by stored.partition_id
                   for update of stored)
            update partition_tokens as stored
               set token = lower.token
              from lower, durably
             where stored.partition_id = lower.partition_id and stored.token < lower.token""";

    private static final String READ = "select partition_id, token from partition_tokens";

    /**
     * A query that locks the rows of the claimed partitions whose tokens are the highest, to be part of another statement. Its parameters
     * are those of {@link #bind}; its result is {@code partition_id}.
     */
    public String admitted() {
        return ADMITTED;
    }

    /**
     * Raises the stored tokens that are lower, for the first use of tokens by their owner. Waits for transactions that were admitted with
     * lower tokens.
     *
     * @return the partitions whose tokens are the highest now. The others have had a later owner
     */
    public Set<PartitionId> raise(Connection connection, Map<PartitionId, Long> tokens) throws SQLException {
        try (PreparedStatement raise = connection.prepareStatement(RAISE)) {
            bind(raise, 1, tokens);
            raise.executeUpdate();
        }
        Set<PartitionId> admitted = new TreeSet<>();
        read(connection).forEach((partition, stored) -> {
            if (stored.equals(tokens.get(partition))) {
                admitted.add(partition);
            }
        });
        return admitted;
    }

    /**
     * Admits tokens for the rest of the transaction, which must not write to the other partitions.
     *
     * @param connection in a transaction of isolation READ COMMITTED
     * @return the partitions whose tokens are the highest
     */
    public Set<PartitionId> admit(Connection connection, Map<PartitionId, Long> tokens) throws SQLException {
        try (PreparedStatement admit = connection.prepareStatement(ADMIT.formatted(admitted()))) {
            bind(admit, 1, tokens);
            try (ResultSet result = admit.executeQuery()) {
                Set<PartitionId> admitted = new TreeSet<>();
                while (result.next()) {
                    admitted.add(new PartitionId(result.getInt(1)));
                }
                return admitted;
            }
        }
    }

    /** The highest tokens of all partitions; 0 for a partition that has had no owner. */
    public Map<PartitionId, Long> read(Connection connection) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(READ);
                ResultSet result = read.executeQuery()) {
            Map<PartitionId, Long> tokens = new TreeMap<>();
            while (result.next()) {
                tokens.put(new PartitionId(result.getInt(1)), result.getLong(2));
            }
            return tokens;
        }
    }

    /** Binds tokens to two parameters: the numbers of the partitions and the tokens. */
    public static void bind(PreparedStatement statement, int firstParameter, Map<PartitionId, Long> tokens)
            throws SQLException {
        Map<PartitionId, Long> ascending = new TreeMap<>(tokens);
        statement.setObject(firstParameter, numbers(ascending.keySet()));
        statement.setObject(firstParameter + 1, ascending.values().toArray(Long[]::new));
    }

    /** The numbers of partitions, as a parameter of type {@code smallint[]}. */
    public static Short[] numbers(Set<PartitionId> partitions) {
        return partitions.stream().map(each -> (short) each.value()).toArray(Short[]::new);
    }
}
