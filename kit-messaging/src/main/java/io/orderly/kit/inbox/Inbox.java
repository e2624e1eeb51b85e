package io.orderly.kit.inbox;

import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Records the ids of handled messages, in the transaction that handles them. */
public class Inbox {

    private static final String INSERT = "insert into inbox (message_id) select unnest(?::uuid[])";

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;

    public Inbox(JdbcClient jdbc, UnitOfWork unitOfWork) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
    }

    /** @return the ids that were not recorded before; they are recorded now */
    public Set<UUID> recordNew(Collection<UUID> messageIds) {
        return new HashSet<>(jdbc.sql(INSERT + " on conflict do nothing returning message_id")
                .param(sorted(messageIds))
                .query(UUID.class)
                .list());
    }

    /**
     * Records the messages on the assumption that none was recorded before, which saves a query and is nearly always right.
     * If it is wrong, the commit fails with a {@link org.springframework.dao.DuplicateKeyException}.
     *
     * @return all ids
     */
    public Set<UUID> recordAssumedNew(Collection<UUID> messageIds) {
        unitOfWork.write(INSERT, (Object) sorted(messageIds));
        return new HashSet<>(messageIds);
    }

    /** Sorted, so that concurrent transactions with the same messages do not deadlock. */
    private static UUID[] sorted(Collection<UUID> messageIds) {
        return messageIds.stream().distinct().sorted().toArray(UUID[]::new);
    }
}
