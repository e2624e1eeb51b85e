package io.orderly.kit.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.orderly.clock.HybridTimestamp;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many messages wait in the outbox, and for how long. The database is asked when the metrics are read. */
record OutboxGauges(JdbcClient jdbc, Clock wallClock) {

    void register(MeterRegistry meters) {
        Gauge.builder("orderly.outbox.depth", this, OutboxGauges::depth)
                .description("messages in the outbox that are not published yet")
                .strongReference(true)
                .register(meters);
        TimeGauge.builder("orderly.outbox.age", this, TimeUnit.MILLISECONDS, OutboxGauges::ageMillis)
                .description("time since the oldest message in the outbox was written")
                .strongReference(true)
                .register(meters);
    }

    private long depth() {
        return jdbc.sql("select count(*) from outbox").query(Long.class).single();
    }

    /** By the hybrid time of the message, which may be ahead of the wall clock. */
    private long ageMillis() {
        return jdbc.sql("select hybrid_time from outbox order by position limit 1")
                .query(Long.class)
                .optional()
                .map(HybridTimestamp::fromLong)
                .map(written -> Math.max(wallClock.millis() - written.physicalMillis(), 0L))
                .orElse(0L);
    }
}
