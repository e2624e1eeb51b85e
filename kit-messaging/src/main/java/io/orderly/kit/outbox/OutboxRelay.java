package io.orderly.kit.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.throttling.BatchThrottle;
import io.orderly.partitions.OwnedPartitions.Claim;
import io.orderly.partitions.PartitionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * <p>Each partition has one active relay. One that was followed by another while it was paused cannot delete rows, because the database
 * compares their tokens; what it still sends are duplicates. First deliveries stay in order per key, also if two relays send at the same
 * time: each sends the rows of a key from the oldest one that is not deleted, and a row is deleted only after the broker has acknowledged it.
 * Positions follow the order of commits, the producer is idempotent and never gives up a single record (its delivery timeout is
 * infinite), and after a failure a new producer sends the same rows again from the oldest.
 */
final class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private final DataSource dataSource;
    private final RelayPartitions partitions;
    private final OutboxTable table;
    private final ProducerFactory<String, byte[]> producers;
    private final OutboxProperties properties;
    private final Counter published;
    private final Counter failures;
    private final Counter refusals;
    private final List<PublicationListener> listeners;

    private final Semaphore wakeUps = new Semaphore(0);
    private volatile Set<PartitionId> claimed = Set.of();
    private @Nullable Thread thread;
    private volatile boolean running;

    OutboxRelay(
            DataSource dataSource,
            RelayPartitions partitions,
            OutboxTable table,
            ProducerFactory<String, byte[]> producers,
            OutboxProperties properties,
            List<PublicationListener> listeners,
            MeterRegistry meters) {
        this.dataSource = dataSource;
        this.partitions = partitions;
        this.table = table;
        this.producers = producers;
        this.properties = properties;
        this.published = meters.counter("orderly.outbox.published");
        this.failures = meters.counter("orderly.outbox.failures");
        this.refusals = meters.counter("orderly.outbox.refusals");
        this.listeners = listeners;
    }

    /** Called after a commit: there are new rows to publish. */
    void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Whether this relay publishes all these rows, as far as it knows: the partitions may have moved since its last batch. */
    boolean publishes(List<OutboxRow> rows) {
        Set<PartitionId> partitions = claimed;
        return rows.stream().allMatch(row -> partitions.contains(row.partition()));
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
                if (partitions.open(connection)) {
                    try {
                        disableSynchronousCommit(connection);
                        publishWhileRunning(connection, producers.createProducer());
                    } finally {
                        resetSynchronousCommit(connection);
                        partitions.close(connection);
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
            List<OutboxRow> rows;
            try (Claim claim = partitions.claim(connection)) {
                OutboxTable.OldestRows oldest = oldest(connection, claim);
                rows = oldest.rows();
                mayHaveMore = oldest.mayHaveMore();
                if (!rows.isEmpty()) {
                    publish(rows, producer);
                    listeners.forEach(listener -> listener.published(oldest.rows()));
                    delete(connection, rows, claim.tokens());
                }
            }
            if (!rows.isEmpty()) {
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

    private OutboxTable.OldestRows oldest(Connection connection, Claim claim) throws SQLException {
        Set<PartitionId> partitions = claim.tokens().keySet();
        claimed = partitions;
        return partitions.isEmpty()
                ? OutboxTable.OldestRows.NONE
                : table.oldest(connection, partitions, properties.batchSize(), properties.maxBatchBytes());
    }

    private void delete(Connection connection, List<OutboxRow> rows, Map<PartitionId, Long> tokens)
            throws SQLException {
        Set<PartitionId> refused = table.delete(connection, rows, tokens);
        if (!refused.isEmpty()) {
            refusals.increment(refused.size());
            partitions.refused(refused);
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

    /**
     * Deletes do not wait for the disk. If PostgreSQL crashes and loses a deletion, the rows are published again. Duplicates
     * are possible after other crashes too, and only rows that were already published can reappear.
     */
    private static void disableSynchronousCommit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off");
        }
    }

    private static void resetSynchronousCommit(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("reset synchronous_commit");
        } catch (SQLException e) {
            log.debug("The connection is broken and will not be used again", e);
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
