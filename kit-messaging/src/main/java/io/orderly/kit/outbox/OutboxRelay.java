package io.orderly.kit.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.throttling.BatchThrottle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Publishes the outbox: reads the oldest rows, sends them, waits until the broker has them all, deletes them. A commit wakes
 * it at once; polling is the net beneath.
 *
 * <p>One relay per database works at a time, the one that holds a PostgreSQL advisory lock. The lock lives as long as the
 * connection, which also reads and deletes, so a relay that lost it can delete nothing; what it still had under way arrives
 * as duplicates. First deliveries stay in order per key: positions follow the commits, the producer is idempotent and never
 * gives a single record up (its delivery time-out is without end), and after any failure a new producer sends the same rows
 * again from the oldest on.
 */
final class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    /** Names the lock within a service's database: "outbox" in ASCII. */
    private static final long ADVISORY_LOCK = 0x6F7574626F78L;

    private final DataSource dataSource;
    private final OutboxTable table;
    private final ProducerFactory<String, byte[]> producers;
    private final OutboxProperties properties;
    private final Counter published;
    private final Counter failures;
    private final List<PublicationListener> listeners;

    private final Semaphore wakeUps = new Semaphore(0);
    private @Nullable Thread thread;
    private volatile boolean running;

    OutboxRelay(
            DataSource dataSource,
            OutboxTable table,
            ProducerFactory<String, byte[]> producers,
            OutboxProperties properties,
            List<PublicationListener> listeners,
            MeterRegistry meters) {
        this.dataSource = dataSource;
        this.table = table;
        this.producers = producers;
        this.properties = properties;
        this.published = meters.counter("orderly.outbox.published");
        this.failures = meters.counter("orderly.outbox.failures");
        this.listeners = listeners;
    }

    /** There is something to publish. */
    void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("outbox-relay").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        Thread stopping = thread;
        if (stopping != null) {
            stopping.interrupt();
            try {
                stopping.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(true);
                if (holdLock(connection)) {
                    try {
                        waitForNoDisk(connection);
                        publishWhileRunning(connection, producers.createProducer());
                    } finally {
                        giveBack(connection);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (SQLException | ExecutionException | TimeoutException | RuntimeException e) {
                if (running) {
                    producers.reset();
                    failures.increment();
                    log.warn(
                            "Publishing from the outbox failed, the same messages are sent again soon: {}",
                            e.toString());
                }
            }
            if (running && !rest()) {
                return;
            }
        }
    }

    private void publishWhileRunning(Connection connection, Producer<String, byte[]> producer)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        int dead = 0;
        boolean mayHaveMore = true;
        var throttle = new BatchThrottle(properties.pace());
        while (running) {
            if (!mayHaveMore) {
                var _ = wakeUps.tryAcquire(properties.pollInterval().toNanos(), TimeUnit.NANOSECONDS);
            }
            // what is committed after this look wakes us again
            wakeUps.drainPermits();
            long beganNanos = System.nanoTime();
            OutboxTable.Oldest oldest = table.oldest(connection, properties.batchSize(), properties.maxBatchBytes());
            List<OutboxRow> rows = oldest.rows();
            mayHaveMore = oldest.mayBeMore();
            if (!rows.isEmpty()) {
                publish(rows, producer);
                listeners.forEach(listener -> listener.published(rows));
                table.delete(connection, rows);
                published.increment(rows.size());
                dead += rows.size();
                if (dead >= properties.rowsPerVacuum()) {
                    table.vacuum(connection);
                    dead = 0;
                }
                throttle.pauseSince(
                        beganNanos, rows.stream().map(OutboxRow::key).distinct().count());
            }
        }
    }

    private void publish(List<OutboxRow> rows, Producer<String, byte[]> producer)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            Future<RecordMetadata> acknowledgement = producer.send(row.toRecord());
            if (acknowledgement.isDone()) {
                // one that failed before it was queued must not be overtaken by those behind it
                acknowledgement.get();
            }
            sent.add(acknowledgement);
        }
        // Now that the producer has all of them they go in one request, and the linger ends. In a thread of its own,
        // for a
        // flush has no time-out.
        Thread.ofVirtual().name("outbox-flush").start(producer::flush);
        for (Future<RecordMetadata> each : sent) {
            each.get(properties.sendTimeout().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static boolean holdLock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, ADVISORY_LOCK);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /**
     * A deletion that is lost when PostgreSQL crashes brings its rows back, together with the stamps they carry, and they are
     * published once more. Messages come twice after other crashes too, so this one is not worth a wait for the disk; what
     * it takes back is never more than what was published already.
     */
    private static void waitForNoDisk(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off");
        }
    }

    private static void giveBack(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("reset synchronous_commit");
            statement.execute("select pg_advisory_unlock(%d)".formatted(ADVISORY_LOCK));
        } catch (SQLException e) {
            log.debug("The lock goes with its connection", e);
        }
    }

    private boolean rest() {
        try {
            var _ = wakeUps.tryAcquire(properties.retryDelay().toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
