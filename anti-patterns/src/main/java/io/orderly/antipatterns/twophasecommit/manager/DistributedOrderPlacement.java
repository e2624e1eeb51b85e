package io.orderly.antipatterns.twophasecommit.manager;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orderly.antipatterns.ordering.FulfilledOrders;
import io.orderly.antipatterns.ordering.PreviousAnswers;
import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.antipatterns.twophasecommit.Vote.Contended;
import io.orderly.antipatterns.twophasecommit.Vote.Prepared;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentRequest;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.kit.outbox.Outbox;
import io.orderly.kit.web.ProblemException;
import io.orderly.order.Order;
import io.orderly.order.placement.OrderDraft;
import io.orderly.order.placement.OrderPlacement;
import io.orderly.order.placement.PlacementResult;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Places orders by distributed transactions. The order, its events in the outbox, and the response under the request's
 * key are one branch of the transaction. The lock of the key is prepared with the branch: while its outcome is in
 * doubt, a repeated request is told that the first one is in progress; after that it gets the stored response.
 */
public class DistributedOrderPlacement {

    private final OrderPlacement orderPlacement;
    private final IdempotencyKeys keys;
    private final PreviousAnswers answers;
    private final FulfilledOrders fulfilled;
    private final Outbox outbox;
    private final EnlistedParticipants enlisted;
    private final TransactionManager manager;
    private final MeterRegistry meters;
    private final Semaphore permits;

    DistributedOrderPlacement(
            OrderPlacement orderPlacement,
            IdempotencyKeys keys,
            PreviousAnswers answers,
            FulfilledOrders fulfilled,
            Outbox outbox,
            EnlistedParticipants enlisted,
            TransactionManager manager,
            MeterRegistry meters,
            TransactionManagerProperties properties) {
        this.orderPlacement = orderPlacement;
        this.keys = keys;
        this.answers = answers;
        this.fulfilled = fulfilled;
        this.outbox = outbox;
        this.enlisted = enlisted;
        this.manager = manager;
        this.meters = meters;
        this.permits = new Semaphore(properties.maxConcurrent());
    }

    /**
     * @param answer creates the client's response
     * @throws ProblemException as {@link IdempotencyKeys#once}
     */
    public DistributedPlacementResult place(
            IdempotentRequest request, OrderDraft draft, Function<Order, IdempotentResponse> answer) {
        Optional<IdempotentResponse> previous = answers.find(request);
        if (previous.isPresent()) {
            return new DistributedPlacementResult.Placed(previous.get());
        }
        return switch (orderPlacement.evaluate(draft)) {
            case PlacementResult.Refused refused -> new DistributedPlacementResult.Invalid(refused.violations());
            case PlacementResult.Accepted(Order order, long _) -> {
                if (!permits.tryAcquire()) {
                    count("crowded");
                    yield new DistributedPlacementResult.Overloaded();
                }
                try {
                    yield execute(order, request, answer);
                } finally {
                    permits.release();
                }
            }
        };
    }

    private DistributedPlacementResult execute(
            Order order, IdempotentRequest request, Function<Order, IdempotentResponse> answer) {
        var created = new AtomicReference<IdempotentResponse>();
        var problem = new AtomicReference<ProblemException>();
        var enlistments = enlisted.forOrder(order.toSagaOrder(), () -> {
            try {
                keys.once(request, () -> {
                    fulfilled.add(order, outbox);
                    created.set(answer.apply(order));
                    return created.get();
                });
            } catch (ProblemException e) {
                problem.set(e);
            }
            return created.get() == null ? new Contended("the same request is in progress") : new Prepared();
        });
        Timer.Sample sample = Timer.start(meters);
        TransactionOutcome outcome;
        try {
            outcome = manager.execute(order.id(), enlistments);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = new TransactionOutcome.Unknown();
        }
        sample.stop(Timer.builder("orderly.distributed-transaction.duration")
                .description("Duration from the first prepare request to the last acknowledgement")
                .publishPercentileHistogram()
                .register(meters));
        count(nameOf(outcome));
        if (outcome instanceof TransactionOutcome.RolledBack && problem.get() != null) {
            throw problem.get();
        }
        return switch (outcome) {
            case TransactionOutcome.Committed _ -> new DistributedPlacementResult.Placed(created.get());
            case TransactionOutcome.RolledBack(String participant, Vote vote) ->
                new DistributedPlacementResult.Refused(participant, vote);
            case TransactionOutcome.Unknown _ -> new DistributedPlacementResult.Unknown();
        };
    }

    private static String nameOf(TransactionOutcome outcome) {
        return switch (outcome) {
            case TransactionOutcome.Committed committed ->
                committed.everywhere() ? "committed" : "committed-not-everywhere";
            case TransactionOutcome.RolledBack(String _, Vote vote) ->
                switch (vote) {
                    case Vote.Declined _ -> "declined";
                    case Vote.Contended _ -> "contended";
                    case Vote.Unavailable _ -> "unavailable";
                    case Vote.Prepared _ -> throw new IllegalStateException("not a refusal");
                };
            case TransactionOutcome.Unknown _ -> "unknown";
        };
    }

    private void count(String outcome) {
        meters.counter("orderly.distributed-transaction.outcomes", "outcome", outcome)
                .increment();
    }
}
