package io.orderly.kit.retention;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletes, in small transactions, what is past its retention. Several instances may sweep at once and do no harm. */
final class RetentionSweeper implements InitializingBean, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(RetentionSweeper.class);
    private static final int STEP = 5_000;

    private final List<Retention> retentions;
    private final Duration interval;
    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("retention-sweeper").daemon().factory());

    RetentionSweeper(
            List<Retention> retentions, Duration interval, JdbcClient jdbc, InstantSource clock, MeterRegistry meters) {
        this.retentions = retentions;
        this.interval = interval;
        this.jdbc = jdbc;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public void afterPropertiesSet() {
        scheduler.scheduleWithFixedDelay(
                this::sweepAll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        scheduler.shutdownNow();
    }

    void sweepAll() {
        for (Retention retention : retentions) {
            try {
                int deleted = sweep(retention);
                meters.counter("orderly.retention.deleted", "table", retention.table())
                        .increment(deleted);
            } catch (RuntimeException e) {
                log.warn("Could not sweep {}, trying again in {}: {}", retention.table(), interval, e.toString());
            }
        }
    }

    private int sweep(Retention retention) {
        // table and column come from the code, never from outside
        String delete = "delete from %1$s where ctid = any(array(select ctid from %1$s where %2$s < ? limit %3$d))"
                .formatted(retention.table(), retention.timeColumn(), STEP);
        int total = 0;
        int deleted;
        do {
            deleted = jdbc.sql(delete)
                    .param(clock.instant().minus(retention.keep()).atOffset(ZoneOffset.UTC))
                    .update();
            total += deleted;
        } while (deleted == STEP && !Thread.currentThread().isInterrupted());
        return total;
    }
}
