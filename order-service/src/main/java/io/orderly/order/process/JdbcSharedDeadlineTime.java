package io.orderly.order.process;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores the shared deadline time in the table {@code saga_time}. */
@Repository
class JdbcSharedDeadlineTime implements SharedDeadlineTime {

    // One round trip and no wait for the disk: a crash of the database loses only the last moments of progress.
    private static final String STORE = """
            with lazily as materialized (select set_config('synchronous_commit', 'off', true))
            update saga_time set reached = ? from lazily""";

    private final JdbcClient jdbc;

    JdbcSharedDeadlineTime(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Instant load() {
        return jdbc.sql("select reached from saga_time")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    @Override
    public void store(Instant now) {
        jdbc.sql(STORE).param(now.atOffset(ZoneOffset.UTC)).update();
    }
}
