package io.orderly.order.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.orderly.kit.fencing.PartitionTokens;
import io.orderly.kit.fencing.PartitionedTransactions;
import io.orderly.kit.messaging.MessageTraces;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

class DeadlinePollerTest {

    private static final int BATCH = 10;

    private final CountDownLatch polling = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);

    @Test
    void stopsWhileFurtherBatchesAreOverdue() throws InterruptedException {
        DeadlinePoller poller = poller(new FullBatches());
        poller.start();
        polling.await();

        Thread stopper = Thread.ofPlatform().daemon().start(poller::stop);
        Awaitility.await().until(() -> stopper.getState() == Thread.State.TIMED_WAITING);
        stopping.countDown();

        assertThat(stopper.join(Duration.ofSeconds(5))).isTrue();
        assertThat(poller.isRunning()).isFalse();
    }

    /** The transactions of this test do nothing, so the poller needs no sagas and no database. */
    @SuppressWarnings("DataFlowIssue")
    private static DeadlinePoller poller(TransactionOperations transactions) {
        Duration second = Duration.ofSeconds(1);
        return new DeadlinePoller(
                null,
                null,
                new DeadlineClock(new DiscardedDeadlineTime(), Instant::now, System::nanoTime, _ -> {}, second),
                new PartitionedTransactions(null, new PartitionTokens(), transactions, null, new SimpleMeterRegistry()),
                new MessageTraces(Tracer.NOOP, Propagator.NOOP),
                new SagaProperties(
                        new SagaProperties.Deadline(second, second, second, second, second, second, second),
                        second,
                        Duration.ofMillis(1),
                        BATCH));
    }

    private static final class DiscardedDeadlineTime implements SharedDeadlineTime {

        @Override
        public Instant load() {
            return Instant.EPOCH;
        }

        @Override
        public void store(Instant now) {}
    }

    /** Reports a full batch of overdue sagas at each call. */
    private final class FullBatches implements TransactionOperations {

        @Override
        @SuppressWarnings("unchecked")
        public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
            polling.countDown();
            try {
                stopping.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return (T) Integer.valueOf(BATCH);
        }
    }
}
