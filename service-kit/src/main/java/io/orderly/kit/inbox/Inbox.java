package io.orderly.kit.inbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers, in the transaction that handles them, which messages were handled. */
public final class Inbox {

    private final JdbcClient jdbc;

    public Inbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return those of the messages that were never here before; from now on they were */
    public Set<UUID> admit(Collection<UUID> messageIds) {
        // sorted, so that two transactions that meet over the same messages wait for each other in one order
        UUID[] sorted = messageIds.stream().distinct().sorted().toArray(UUID[]::new);
        return new HashSet<>(jdbc.sql(
                        "insert into inbox (message_id) select unnest(?::uuid[]) on conflict do nothing returning message_id")
                .param(sorted)
                .query(UUID.class)
                .list());
    }
}
