package io.orderly.antipatterns.twophasecommit.manager;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.antipatterns.twophasecommit.InDoubtBranch;
import io.orderly.antipatterns.twophasecommit.Participant;
import io.orderly.antipatterns.twophasecommit.manager.DecisionLog.UnacknowledgedCommit;
import io.orderly.contracts.OrderId;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Ends what managers have left behind: at the start of an instance and every now and then. All it says may be said again, by
 * this instance or another, so nobody has to be the only one.
 */
class TransactionRecovery implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TransactionRecovery.class);
    private static final int BATCH = 200;

    private final DecisionLog decisions;
    private final EnlistedParticipants enlisted;
    private final TransactionManagerProperties properties;
    private final MeterRegistry meters;
    private @Nullable ScheduledExecutorService scheduler;

    TransactionRecovery(
            DecisionLog decisions,
            EnlistedParticipants enlisted,
            TransactionManagerProperties properties,
            MeterRegistry meters) {
        this.decisions = decisions;
        this.enlisted = enlisted;
        this.properties = properties;
        this.meters = meters;
    }

    @Override
    public synchronized void start() {
        var starting = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("transaction-recovery").daemon().factory());
        // what another instance is about to send may be sent here too, but need not wait for it
        starting.execute(() -> recover(Duration.ZERO));
        long pauseMillis = properties.recoveryInterval().toMillis();
        starting.scheduleWithFixedDelay(
                () -> recover(properties.prepareTimeout()), pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
        scheduler = starting;
    }

    @Override
    public synchronized void stop() {
        if (scheduler != null) {
            scheduler.shutdownNow();
            scheduler.close();
            scheduler = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }

    void recover(Duration patience) {
        try {
            resendCommits(patience);
            enlisted.participants().forEach(this::settleOverdue);
            decisions.forgetAborts(properties.abortRetention());
        } catch (RuntimeException e) {
            log.warn(
                    "Recovery cannot read its log, trying again in {}: {}",
                    properties.recoveryInterval(),
                    e.toString());
        }
    }

    /** @param patience decisions younger than that are left to the manager that made them */
    private void resendCommits(Duration patience) {
        for (UnacknowledgedCommit decision : decisions.unacknowledged(patience, BATCH)) {
            if (commitEverywhere(decision.transaction(), enlisted.participants().values())) {
                decisions.forget(decision.transaction());
                count(TransactionDecision.COMMIT);
            }
        }
    }

    private boolean commitEverywhere(OrderId transaction, Collection<Participant> participants) {
        boolean all = true;
        for (Participant participant : participants) {
            try {
                CommitSender.tell(participant, transaction);
            } catch (RuntimeException e) {
                log.debug("A participant has not committed {} yet", transaction, e);
                all = false;
            }
        }
        return all;
    }

    /** A branch that is older than a transaction may get has lost its manager, or will be told the same by him. */
    private void settleOverdue(String name, Participant participant) {
        try {
            for (InDoubtBranch branch : participant.inDoubt()) {
                if (branch.ageMillis() >= properties.timeout().toMillis()) {
                    settle(name, participant, branch.transaction());
                }
            }
        } catch (RuntimeException e) {
            log.debug("{} cannot be asked for branches in doubt", name, e);
        }
    }

    private void settle(String name, Participant participant, OrderId transaction) {
        TransactionDecision verdict = decisions.settle(transaction);
        try {
            switch (verdict) {
                case COMMIT -> CommitSender.tell(participant, transaction);
                case ABORT -> participant.rollback(transaction);
            }
            count(verdict);
            log.info("The branch of {} in {} was in doubt: {}", transaction, name, verdict);
        } catch (RuntimeException e) {
            log.debug("{} has not heard the verdict about {} yet", name, transaction, e);
        }
    }

    private void count(TransactionDecision verdict) {
        meters.counter(
                        "orderly.distributed-transaction.recovered",
                        "verdict",
                        verdict.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
