package io.orderly.kit.inbox;

import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers, in the transaction that handles them, which messages were handled. */
public class Inbox {

    private static final String ADMIT = "insert into inbox (message_id) select unnest(?::uuid[])";

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;

    public Inbox(JdbcClient jdbc, UnitOfWork unitOfWork) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
    }

    /** @return those of the messages that were never here before; from now on they were */
    public Set<UUID> recordNew(Collection<UUID> messageIds) {
        return new HashSet<>(jdbc.sql(ADMIT + " on conflict do nothing returning message_id")
                .param(sorted(messageIds))
                .query(UUID.class)
                .list());
    }

    /**
     * Takes it that none of the messages was ever here before, as nearly always none was, and saves the question: if one was,
     * the transaction fails at its commit with a {@link org.springframework.dao.DuplicateKeyException}.
     *
     * @return all of them
     */
    public Set<UUID> recordAssumedNew(Collection<UUID> messageIds) {
        unitOfWork.write(ADMIT, (Object) sorted(messageIds));
        return new HashSet<>(messageIds);
    }

    /** So that two transactions that meet over the same messages wait for each other in one order. */
    private static UUID[] sorted(Collection<UUID> messageIds) {
        return messageIds.stream().distinct().sorted().toArray(UUID[]::new);
    }
}
