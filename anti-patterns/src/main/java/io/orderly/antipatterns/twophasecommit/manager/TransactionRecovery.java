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
 * Completes transactions that their managers have left unfinished, at the start of an instance and periodically. All
 * its messages may be repeated, so several instances may run it concurrently.
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
        // with a minimum age of zero: a decision that another instance is about to send may be sent twice
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

    void recover(Duration minimumAge) {
        try {
            resendCommits(minimumAge);
            enlisted.participants().forEach(this::resolveOverdue);
            decisions.deleteAborts(properties.abortRetention());
        } catch (RuntimeException e) {
            log.warn("Recovery failed, will retry in {}: {}", properties.recoveryInterval(), e.toString());
        }
    }

    /** @param minimumAge younger decisions are left to their managers */
    private void resendCommits(Duration minimumAge) {
        for (UnacknowledgedCommit decision : decisions.unacknowledged(minimumAge, BATCH)) {
            if (commitEverywhere(decision.transaction(), enlisted.participants().values())) {
                decisions.deleteCommit(decision.transaction());
                count(TransactionDecision.COMMIT);
            }
        }
    }

    private boolean commitEverywhere(OrderId transaction, Collection<Participant> participants) {
        boolean all = true;
        for (Participant participant : participants) {
            try {
                CommitSender.send(participant, transaction);
            } catch (RuntimeException e) {
                log.debug("A participant has not acknowledged the commit of {}", transaction, e);
                all = false;
            }
        }
        return all;
    }

    /**
     * A branch that is older than the transaction timeout has lost its manager, or will receive the same decision from
     * it.
     */
    private void resolveOverdue(String name, Participant participant) {
        try {
            for (InDoubtBranch branch : participant.inDoubt()) {
                if (branch.ageMillis() >= properties.timeout().toMillis()) {
                    resolve(name, participant, branch.transaction());
                }
            }
        } catch (RuntimeException e) {
            log.debug("The branches in doubt of {} cannot be read", name, e);
        }
    }

    private void resolve(String name, Participant participant, OrderId transaction) {
        TransactionDecision decision = decisions.abortUnlessCommitted(transaction);
        try {
            switch (decision) {
                case COMMIT -> CommitSender.send(participant, transaction);
                case ABORT -> participant.rollback(transaction);
            }
            count(decision);
            log.info("Resolved the branch in doubt of {} in {}: {}", transaction, name, decision);
        } catch (RuntimeException e) {
            log.debug("{} has not acknowledged the decision on {}", name, transaction, e);
        }
    }

    private void count(TransactionDecision decision) {
        meters.counter(
                        "orderly.distributed-transaction.recovered",
                        "verdict",
                        decision.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
