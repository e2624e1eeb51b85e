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
 * Message relay: reads the oldest rows of the outbox, sends them, waits until the broker has acknowledged all of them, and
 * deletes them. A commit wakes the relay at once; polling covers lost wake-ups and other instances.
 *
 * <p>Only one relay per database is active, the one that holds a PostgreSQL advisory lock. The lock belongs to the
 * connection that also reads and deletes, so a relay that has lost it cannot delete rows; its unacknowledged messages may be
 * published twice. First deliveries stay in order per key: positions follow the order of commits, the producer is idempotent
 * and never gives up a single record (its delivery timeout is infinite), and after a failure a new producer sends the same
 * rows again from the oldest.
 */
final class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    /** The key of the advisory lock: "outbox" in ASCII. */
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

    /** Called after a commit: there are new rows to publish. */
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
                if (tryLock(connection)) {
                    try {
                        disableSynchronousCommit(connection);
                        publishWhileRunning(connection, producers.createProducer());
                    } finally {
                        releaseLock(connection);
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
                            "Publishing from the outbox failed, the same messages will be sent again: {}",
                            e.toString());
                }
            }
            if (running && !pause()) {
                return;
            }
        }
    }

    private void publishWhileRunning(Connection connection, Producer<String, byte[]> producer)
            throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        int deletedSinceVacuum = 0;
        boolean mayHaveMore = true;
        var throttle = new BatchThrottle(properties.pace());
        while (running) {
            if (!mayHaveMore) {
                var _ = wakeUps.tryAcquire(properties.pollInterval().toNanos(), TimeUnit.NANOSECONDS);
            }
            // commits after this query wake the relay again
            wakeUps.drainPermits();
            long startNanos = System.nanoTime();
            OutboxTable.OldestRows oldest =
                    table.oldest(connection, properties.batchSize(), properties.maxBatchBytes());
            List<OutboxRow> rows = oldest.rows();
            mayHaveMore = oldest.mayHaveMore();
            if (!rows.isEmpty()) {
                publish(rows, producer);
                listeners.forEach(listener -> listener.published(rows));
                table.delete(connection, rows);
                published.increment(rows.size());
                deletedSinceVacuum += rows.size();
                if (deletedSinceVacuum >= properties.rowsPerVacuum()) {
                    table.vacuum(connection);
                    deletedSinceVacuum = 0;
                }
                throttle.pauseSince(
                        startNanos, rows.stream().map(OutboxRow::key).distinct().count());
            }
        }
    }

    private void publish(List<OutboxRow> rows, Producer<String, byte[]> producer)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            Future<RecordMetadata> acknowledgement = producer.send(row.toRecord());
            if (acknowledgement.isDone()) {
                // if it failed before it was queued, later records must not overtake it
                acknowledgement.get();
            }
            sent.add(acknowledgement);
        }
        // The producer has all records now; the flush ends the linger time and sends them in one request. It runs
        // in its own thread because it has no timeout.
        Thread.ofVirtual().name("outbox-flush").start(producer::flush);
        for (Future<RecordMetadata> each : sent) {
            each.get(properties.sendTimeout().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, ADVISORY_LOCK);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /**
     * Deletes do not wait for the disk. If PostgreSQL crashes and loses a deletion, the rows are published again. Duplicates
     * are possible after other crashes too, and only rows that were already published can reappear.
     */
    private static void disableSynchronousCommit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off");
        }
    }

    private static void releaseLock(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("reset synchronous_commit");
            statement.execute("select pg_advisory_unlock(%d)".formatted(ADVISORY_LOCK));
        } catch (SQLException e) {
            log.debug("The lock is released when the connection is closed", e);
        }
    }

    private boolean pause() {
        try {
            var _ = wakeUps.tryAcquire(properties.retryDelay().toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
