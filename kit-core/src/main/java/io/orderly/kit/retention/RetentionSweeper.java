package io.orderly.kit.retention;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletes rows past their retention in small transactions. Several instances may sweep at the same time. */
final class RetentionSweeper implements InitializingBean, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(RetentionSweeper.class);
    private static final int BATCH_SIZE = 5_000;

    private final List<Retention> retentions;
    private final Duration interval;
    private final JdbcClient jdbc;
    private final MeterRegistry meters;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("retention-sweeper").daemon().factory());

    RetentionSweeper(List<Retention> retentions, Duration interval, JdbcClient jdbc, MeterRegistry meters) {
        this.retentions = retentions;
        this.interval = interval;
        this.jdbc = jdbc;
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
                log.warn(
                        "Could not delete expired rows from {}, trying again in {}: {}",
                        retention.table(),
                        interval,
                        e.toString());
            }
        }
    }

    private int sweep(Retention retention) {
        // Table and column are constants in the code, so there is no injection. The time is the database's, as in
        // the rows: a wrong clock of this instance must not delete rows too early.
        String expired = "select ctid from %s where %s < now() - ? * interval '1 ms' limit %d"
                .formatted(retention.table(), retention.timeColumn(), BATCH_SIZE);
        String delete = "delete from %s where ctid = any(array(%s))".formatted(retention.table(), expired);
        int total = 0;
        int deleted;
        do {
            deleted = jdbc.sql(delete).param(retention.keep().toMillis()).update();
            total += deleted;
        } while (deleted == BATCH_SIZE && !Thread.currentThread().isInterrupted());
        return total;
    }
}
