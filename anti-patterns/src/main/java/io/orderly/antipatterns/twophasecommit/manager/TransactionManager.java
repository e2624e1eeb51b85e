package io.orderly.antipatterns.twophasecommit.manager;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.orderly.antipatterns.twophasecommit.Participant;
import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.antipatterns.twophasecommit.Vote.Contended;
import io.orderly.antipatterns.twophasecommit.Vote.Declined;
import io.orderly.antipatterns.twophasecommit.Vote.Prepared;
import io.orderly.antipatterns.twophasecommit.Vote.Unavailable;
import io.orderly.antipatterns.twophasecommit.manager.TransactionManagerProperties.VoteRequestMode;
import io.orderly.antipatterns.twophasecommit.manager.TransactionOutcome.Committed;
import io.orderly.antipatterns.twophasecommit.manager.TransactionOutcome.RolledBack;
import io.orderly.antipatterns.twophasecommit.manager.TransactionOutcome.Unknown;
import io.orderly.chaos.CrashPoint;
import io.orderly.chaos.CrashPoints;
import io.orderly.contracts.OrderId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The coordinator of distributed transactions. Safe for use by many threads, and by several instances with one log. */
class TransactionManager implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TransactionManager.class);

    private final DecisionLog decisions;
    private final TransactionManagerProperties properties;
    private final CrashPoint afterPrepare;
    private final CrashPoint afterDecision;
    private final ExecutorService threads = ContextExecutorService.wrap(
            Executors.newVirtualThreadPerTaskExecutor(),
            ContextSnapshotFactory.builder().build()::captureAll);

    TransactionManager(DecisionLog decisions, TransactionManagerProperties properties, CrashPoints crashPoints) {
        this.decisions = decisions;
        this.properties = properties;
        this.afterPrepare = crashPoints.named("after-prepare-before-decision");
        this.afterDecision = crashPoints.named("after-decision-before-send");
    }

    /** Collects the votes of all participants, decides, and sends the decision to all. */
    TransactionOutcome execute(OrderId transaction, List<Enlistment> enlistments) throws InterruptedException {
        List<RolledBack> refusals = properties.asking() == VoteRequestMode.AT_ONCE
                ? refusals(enlistments)
                : refusalInOrder(enlistments).stream().toList();
        Optional<RolledBack> refusal = refusals.stream().min(Comparator.comparing(each -> precedence(each.vote())));
        if (refusal.isPresent()) {
            rollBack(transaction, enlistments);
            return refusal.get();
        }
        afterPrepare.pass();
        try {
            if (!decisions.commit(transaction)) {
                rollBack(transaction, enlistments);
                return new RolledBack(
                        EnlistedParticipants.ORDERS,
                        new Contended("the transaction was aborted by recovery before its decision"));
            }
        } catch (RuntimeException e) {
            log.warn("It is unknown whether the commit of {} was logged; recovery will read the log", transaction, e);
            return new Unknown();
        }
        afterDecision.pass();
        return new Committed(commit(transaction, enlistments));
    }

    /** Orders refusals: a decline first, then those for which a retry may succeed. */
    private static int precedence(Vote vote) {
        return switch (vote) {
            case Declined _ -> 0;
            case Unavailable _ -> 1;
            case Contended _ -> 2;
            case Prepared _ -> throw new IllegalArgumentException("not a refusal");
        };
    }

    private List<RolledBack> refusals(List<Enlistment> enlistments) throws InterruptedException {
        List<Callable<Vote>> requests =
                enlistments.stream().map(Enlistment::prepare).toList();
        List<Future<Vote>> votes =
                threads.invokeAll(requests, properties.prepareTimeout().toNanos(), TimeUnit.NANOSECONDS);
        List<RolledBack> refusals = new ArrayList<>();
        for (int i = 0; i < votes.size(); i++) {
            refusal(enlistments.get(i), votes.get(i)).ifPresent(refusals::add);
        }
        return refusals;
    }

    /** Asks one participant after the other until one refuses. */
    private Optional<RolledBack> refusalInOrder(List<Enlistment> enlistments) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + properties.prepareTimeout().toNanos();
        for (Enlistment enlistment : enlistments) {
            List<Future<Vote>> vote = threads.invokeAll(
                    List.of(enlistment.prepare()), deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            Optional<RolledBack> refusal = refusal(enlistment, vote.getFirst());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<RolledBack> refusal(Enlistment enlistment, Future<Vote> answer)
            throws InterruptedException {
        String name = enlistment.name();
        try {
            Vote vote = answer.get();
            return vote instanceof Prepared ? Optional.empty() : Optional.of(new RolledBack(name, vote));
        } catch (CancellationException _) {
            return Optional.of(new RolledBack(name, new Unavailable("it did not vote in time")));
        } catch (ExecutionException e) {
            log.debug("The vote of {} is unknown", name, e.getCause());
            return Optional.of(new RolledBack(name, new Unavailable("it did not answer")));
        }
    }

    private boolean commit(OrderId transaction, List<Enlistment> enlistments) throws InterruptedException {
        boolean everywhere = send(transaction, enlistments, CommitSender::send);
        if (everywhere) {
            deleteCommit(transaction);
        }
        return everywhere;
    }

    private void deleteCommit(OrderId transaction) {
        try {
            decisions.deleteCommit(transaction);
        } catch (RuntimeException e) {
            log.debug("The decision on {} stays in the log and will be sent again", transaction, e);
        }
    }

    private void rollBack(OrderId transaction, List<Enlistment> enlistments) throws InterruptedException {
        send(transaction, enlistments, Participant::rollback);
    }

    /** @return whether all participants have acknowledged */
    private boolean send(OrderId transaction, List<Enlistment> enlistments, BiConsumer<Participant, OrderId> decision)
            throws InterruptedException {
        List<Callable<Boolean>> messages = enlistments.stream()
                .map(enlistment -> (Callable<Boolean>) () -> {
                    decision.accept(enlistment.participant(), transaction);
                    return true;
                })
                .toList();
        boolean all = true;
        for (Future<Boolean> acknowledgement : threads.invokeAll(messages)) {
            try {
                acknowledgement.get();
            } catch (ExecutionException e) {
                log.debug(
                        "A participant of {} has not acknowledged the decision, which will be sent again",
                        transaction,
                        e);
                all = false;
            }
        }
        return all;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
