package io.orderly.order.process;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The time of the deadlines in the database that the instances share. */
@Repository
class JdbcSharedDeadlineTime implements SharedDeadlineTime {

    // One round trip, and no wait for the disk: what a crash of the database takes back was reached moments before.
    private static final String REACH = """
            with lazily as materialized (select set_config('synchronous_commit', 'off', true))
            update saga_time set reached = ? from lazily""";

    private final JdbcClient jdbc;

    JdbcSharedDeadlineTime(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Instant reached() {
        return jdbc.sql("select reached from saga_time")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    @Override
    public void reach(Instant now) {
        jdbc.sql(REACH).param(now.atOffset(ZoneOffset.UTC)).update();
    }
}
