package io.orderly.order.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
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

    private final CountDownLatch looking = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);

    @Test
    void stopsAlsoInTheMiddleOfMoreThanOneLookTells() throws InterruptedException {
        DeadlinePoller poller = poller(new AlwaysAFullBatch());
        poller.start();
        looking.await();

        Thread stopper = Thread.ofPlatform().daemon().start(poller::stop);
        Awaitility.await().until(() -> stopper.getState() == Thread.State.TIMED_WAITING);
        stopping.countDown();

        assertThat(stopper.join(Duration.ofSeconds(5))).isTrue();
        assertThat(poller.isRunning()).isFalse();
    }

    /** Where no transaction does anything, there is nothing to tell. */
    @SuppressWarnings("DataFlowIssue")
    private static DeadlinePoller poller(TransactionOperations transactions) {
        Duration second = Duration.ofSeconds(1);
        return new DeadlinePoller(
                null,
                null,
                new DeadlineClock(new Nowhere(), Instant::now, System::nanoTime, _ -> {}, second),
                transactions,
                new MessageTraces(Tracer.NOOP, Propagator.NOOP),
                new SagaProperties(
                        new SagaProperties.Deadline(second, second, second, second, second, second, second),
                        second,
                        Duration.ofMillis(1),
                        BATCH));
    }

    private static final class Nowhere implements SharedDeadlineTime {

        @Override
        public Instant reached() {
            return Instant.EPOCH;
        }

        @Override
        public void reach(Instant now) {}
    }

    /** As if there were no end of overdue sagas. */
    private final class AlwaysAFullBatch implements TransactionOperations {

        @Override
        @SuppressWarnings("unchecked")
        public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
            looking.countDown();
            try {
                stopping.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return (T) Integer.valueOf(BATCH);
        }
    }
}
