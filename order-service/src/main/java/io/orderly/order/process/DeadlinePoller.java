package io.orderly.order.process;

import io.orderly.kit.fencing.PartitionedTransactions;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.order.saga.OrderSaga;
import io.orderly.order.saga.SagaInput.TimePassed;
import io.orderly.partitions.PartitionId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * Polls the database for sagas whose deadline has passed and times them out. Deadlines are stored in the database, so any instance
 * can process a deadline that another instance set. Each instance polls the sagas of its own partitions; without a coordinator, each polls
 * all sagas and skips the rows that another instance has locked.
 */
@Component
class DeadlinePoller implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeadlinePoller.class);

    private final Sagas sagas;
    private final SagaManager sagaManager;
    private final DeadlineClock clock;
    private final PartitionedTransactions transactions;
    private final MessageTraces traces;
    private final SagaProperties properties;
    private @Nullable ScheduledExecutorService scheduler;
    private volatile boolean running;

    DeadlinePoller(
            Sagas sagas,
            SagaManager sagaManager,
            DeadlineClock clock,
            PartitionedTransactions transactions,
            MessageTraces traces,
            SagaProperties properties) {
        this.sagas = sagas;
        this.sagaManager = sagaManager;
        this.clock = clock;
        this.transactions = transactions;
        this.traces = traces;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        var newScheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("deadline-poller").daemon().factory());
        long pauseMillis = properties.pollInterval().toMillis();
        newScheduler.scheduleWithFixedDelay(this::poll, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
        scheduler = newScheduler;
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (scheduler != null) {
            scheduler.close();
            scheduler = null;
        }
    }

    /** Not synchronized, because {@link #stop} holds the monitor while it waits for the polling thread, which calls this method. */
    @Override
    public boolean isRunning() {
        return running;
    }

    private void poll() {
        try {
            int handled;
            do {
                clock.publish();
                handled = transactions.execute(this::timeOutOverdueSagas).orElse(0);
            } while (handled == properties.batchSize() && isRunning());
        } catch (RuntimeException e) {
            log.warn("Could not process overdue sagas, retrying in {}: {}", properties.pollInterval(), e.toString());
        }
    }

    /** @return the number of sagas that were timed out */
    private int timeOutOverdueSagas(Set<PartitionId> partitions) {
        List<SagaInstance> overdue = sagas.lockOverdue(clock.now(), partitions, Limit.of(properties.batchSize()));
        OrderSaga rules = sagaManager.present();
        for (SagaInstance saga : overdue) {
            traces.inSpan(
                    "saga deadline", saga.traceParent(), () -> sagaManager.handle(rules, saga, new TimePassed(), null));
        }
        return overdue.size();
    }
}
