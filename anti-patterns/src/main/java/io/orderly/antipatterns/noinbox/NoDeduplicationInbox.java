package io.orderly.antipatterns.noinbox;

import io.orderly.kit.inbox.Inbox;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accepts every message as new, and records none. */
final class NoDeduplicationInbox extends Inbox {

    NoDeduplicationInbox(JdbcClient jdbc, UnitOfWork unitOfWork) {
        super(jdbc, unitOfWork);
    }

    @Override
    public Set<UUID> recordNew(Collection<UUID> messageIds) {
        return new HashSet<>(messageIds);
    }

    @Override
    public Set<UUID> recordAssumedNew(Collection<UUID> messageIds) {
        return recordNew(messageIds);
    }
}
