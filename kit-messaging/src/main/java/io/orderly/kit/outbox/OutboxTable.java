package io.orderly.kit.outbox;

import io.orderly.clock.HybridTimestamp;
import io.orderly.kit.fencing.PartitionTokens;
import io.orderly.kit.messaging.LogicalTimestamp;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.partitions.PartitionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The outbox table; each method is one round trip, whatever the number of rows. */
final class OutboxTable {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    // "with ordinality … order by" makes the positions follow the order of the arrays
    private static final String INSERT = """
            insert into outbox (topic, message_key, partition_id, headers, body, lamport_time, hybrid_time)
            select topic, message_key, partition_id, headers, body, lamport_time, hybrid_time
              from unnest(?::text[], ?::text[], ?::smallint[], ?::text[], ?::bytea[], ?::bigint[], ?::bigint[]) with ordinality
                   as appended(topic, message_key, partition_id, headers, body, lamport_time, hybrid_time, ordinal)
             order by ordinal""";

    // the first row is returned whatever its size
    static final String OLDEST = """
            select position, topic, message_key, headers, body, lamport_time, hybrid_time, bytes
              from (select *, sum(octet_length(headers) + octet_length(body)) over (order by position) as bytes
                      from (select * from outbox where partition_id = any(?) order by position limit ?) as oldest) as counted
             where bytes - octet_length(headers) - octet_length(body) < ?
             order by position""";

    // "array(…)", because a join would compare each row with each partition
    private static final String DELETE = """
            with admitted as materialized (
                %s),
                 published as (
                delete from outbox where position = any(?) and partition_id = any(array(select partition_id from admitted)))
            update message_clock
               set lamport_time = greatest(lamport_time, ?), hybrid_time = greatest(hybrid_time, ?)
            returning array(select partition_id from admitted)""";

    private static final String HIGHEST_TIMESTAMPS = """
            select greatest(max(lamport_time), (select max(lamport_time) from outbox)),
                   greatest(max(hybrid_time), (select max(hybrid_time) from outbox))
              from message_clock""";

    private final JsonMapper json;
    private final String delete;

    OutboxTable(JsonMapper json, PartitionTokens tokens) {
        this.json = json;
        this.delete = DELETE.formatted(tokens.admitted());
    }

    void insert(UnitOfWork unitOfWork, List<OutboxRow> rows) {
        unitOfWork.write(
                INSERT,
                rows.stream().map(OutboxRow::topic).toArray(String[]::new),
                rows.stream().map(OutboxRow::key).toArray(String[]::new),
                rows.stream().map(row -> (short) row.partition().value()).toArray(Short[]::new),
                rows.stream().map(row -> json.writeValueAsString(row.headers())).toArray(String[]::new),
                rows.stream().map(OutboxRow::body).toArray(byte[][]::new),
                rows.stream().map(OutboxRow::lamportTime).toArray(Long[]::new),
                rows.stream().map(OutboxRow::hybridTime).toArray(Long[]::new));
    }

    /**
     * Reads the oldest rows of some partitions, up to a number and a total size.
     *
     * @param limit the maximum number of rows
     * @param maxBytes no further row is added once headers and bodies have this size in total
     */
    OldestRows oldest(Connection connection, Set<PartitionId> partitions, int limit, int maxBytes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OLDEST)) {
            statement.setObject(1, PartitionTokens.numbers(partitions));
            statement.setInt(2, limit);
            statement.setInt(3, maxBytes);
            try (ResultSet result = statement.executeQuery()) {
                List<OutboxRow> rows = new ArrayList<>();
                long bytes = 0;
                while (result.next()) {
                    bytes = result.getLong(8);
                    rows.add(new OutboxRow(
                            result.getLong(1),
                            result.getString(2),
                            result.getString(3),
                            json.readValue(result.getString(4), HEADERS),
                            result.getBytes(5),
                            result.getLong(6),
                            result.getLong(7)));
                }
                return new OldestRows(rows, rows.size() == limit || bytes >= maxBytes);
            }
        }
    }

    /** @param mayHaveMore whether there may be more rows after these */
    record OldestRows(List<OutboxRow> rows, boolean mayHaveMore) {

        static final OldestRows NONE = new OldestRows(List.of(), false);
    }

    /**
     * Deletes published rows and, in the same transaction, records their highest timestamps, above which the clocks must
     * restart. The rows of a partition whose token is not the highest one are not deleted: its next owner publishes them again.
     *
     * @param tokens of the partitions of the rows
     * @return the partitions whose rows were not deleted
     */
    Set<PartitionId> delete(Connection connection, List<OutboxRow> published, Map<PartitionId, Long> tokens)
            throws SQLException {
        Map<PartitionId, Long> used = new TreeMap<>();
        published.forEach(row -> used.computeIfAbsent(row.partition(), tokens::get));
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            PartitionTokens.bind(statement, 1, used);
            statement.setObject(3, published.stream().map(OutboxRow::position).toArray(Long[]::new));
            statement.setLong(
                    4,
                    published.stream().mapToLong(OutboxRow::lamportTime).max().orElse(0));
            statement.setLong(
                    5, published.stream().mapToLong(OutboxRow::hybridTime).max().orElse(0));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                for (Short admitted : (Short[]) result.getArray(1).getArray()) {
                    used.remove(new PartitionId(admitted));
                }
            }
        }
        return used.keySet();
    }

    /**
     * Removes dead rows. They come before the live rows in the index, so every query for the oldest rows would scan them,
     * and autovacuum runs at most once a minute. The table is not truncated: that would need an exclusive lock, which
     * conflicts with every transaction that writes to the outbox.
     */
    void vacuum(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum (skip_locked, index_cleanup on, truncate off) outbox");
        }
    }

    static LogicalTimestamp highestTimestamps(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HIGHEST_TIMESTAMPS);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return new LogicalTimestamp(result.getLong(1), HybridTimestamp.fromLong(result.getLong(2)));
        }
    }
}
