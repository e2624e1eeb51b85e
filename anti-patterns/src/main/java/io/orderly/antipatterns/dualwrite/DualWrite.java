package io.orderly.antipatterns.dualwrite;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.outbox.MessageDispatcher;
import io.orderly.kit.outbox.OutboxRow;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Anti-pattern: a dual write to the database and to Kafka without a common transaction. Messages are sent after the
 * commit by an idempotent producer, and acknowledgements are awaited, so no message is published for a change that was
 * rolled back. But if the process dies between commit and publication, or the broker is unavailable for longer than the
 * timeout, the messages of a committed change are lost.
 */
public final class DualWrite implements MessageDispatcher {

    private static final Logger log = LoggerFactory.getLogger(DualWrite.class);

    private final ProducerFactory<String, byte[]> producers;
    private final Duration timeout;
    private final Counter unacknowledged;

    /** @param patience the time limit for the acknowledgements of the broker */
    public DualWrite(ProducerFactory<String, byte[]> producers, Duration timeout, MeterRegistry meters) {
        this.producers = producers;
        this.timeout = timeout;
        this.unacknowledged = Counter.builder("orderly.dual-write.given-up")
                .description("Messages whose publication was not acknowledged before the timeout")
                .register(meters);
    }

    @Override
    public void beforeCommit(UnitOfWork unitOfWork, List<OutboxRow> rows) {}

    @Override
    public void afterCommit(List<OutboxRow> rows) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(rows.size());
        int acknowledged = 0;
        try {
            Producer<String, byte[]> producer = producers.createProducer();
            for (OutboxRow row : rows) {
                sent.add(producer.send(row.toRecord()));
            }
            long deadlineNanos = System.nanoTime() + timeout.toNanos();
            for (Future<RecordMetadata> each : sent) {
                each.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                acknowledged++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            recordLoss(rows.size() - acknowledged, e);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            recordLoss(rows.size() - acknowledged, e);
        }
    }

    /** The transaction is already committed, so the failure cannot be reported to the caller. */
    private void recordLoss(int messages, Exception cause) {
        unacknowledged.increment(messages);
        log.error("{} messages of a committed transaction may be lost: {}", messages, cause.toString());
    }
}
