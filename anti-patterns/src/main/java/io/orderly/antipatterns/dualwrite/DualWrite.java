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
 * An anti-pattern: first the database, then Kafka, and nothing that holds the two together. Sent after the commit, by an
 * idempotent producer, and waited for, so nothing is published that did not happen; but what happened is not published if the
 * process dies in between, or if the broker is away for longer than one can wait. Nobody will ever send it.
 */
public final class DualWrite implements MessageDispatcher {

    private static final Logger log = LoggerFactory.getLogger(DualWrite.class);

    private final ProducerFactory<String, byte[]> producers;
    private final Duration patience;
    private final Counter given;

    /** @param patience how long the broker is waited for */
    public DualWrite(ProducerFactory<String, byte[]> producers, Duration patience, MeterRegistry meters) {
        this.producers = producers;
        this.patience = patience;
        this.given = Counter.builder("orderly.dual-write.given-up")
                .description("messages that were not known to be published when their sender stopped waiting")
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
            long deadlineNanos = System.nanoTime() + patience.toNanos();
            for (Future<RecordMetadata> each : sent) {
                each.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                acknowledged++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(rows.size() - acknowledged, e);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            giveUp(rows.size() - acknowledged, e);
        }
    }

    /** The transaction is committed, so there is nobody left to complain to. */
    private void giveUp(int messages, Exception cause) {
        given.increment(messages);
        log.error("{} messages were committed and may never be published: {}", messages, cause.toString());
    }
}
