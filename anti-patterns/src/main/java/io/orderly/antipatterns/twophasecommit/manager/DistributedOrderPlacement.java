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
 * Places orders by distributed transactions. The order itself, its events in the outbox and the answer under the request's key
 * are one branch like the others. The key's lock is prepared with it, so a repeated request is told that the first one is still
 * in flight for as long as its outcome is in doubt, and gets its answer after that.
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
    private final Semaphore free;

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
        this.free = new Semaphore(properties.maxConcurrent());
    }

    /**
     * @param answer what the client is told of its order
     * @throws ProblemException as {@link IdempotencyKeys#once}
     */
    public DistributedPlacementResult place(
            IdempotentRequest request, OrderDraft draft, Function<Order, IdempotentResponse> answer) {
        Optional<IdempotentResponse> known = answers.find(request);
        if (known.isPresent()) {
            return new DistributedPlacementResult.Placed(known.get());
        }
        return switch (orderPlacement.evaluate(draft)) {
            case PlacementResult.Refused refused -> new DistributedPlacementResult.Invalid(refused.violations());
            case PlacementResult.Accepted(Order order) -> {
                if (!free.tryAcquire()) {
                    count("crowded");
                    yield new DistributedPlacementResult.Overloaded();
                }
                try {
                    yield run(order, request, answer);
                } finally {
                    free.release();
                }
            }
        };
    }

    private DistributedPlacementResult run(
            Order order, IdempotentRequest request, Function<Order, IdempotentResponse> answer) {
        var given = new AtomicReference<IdempotentResponse>();
        var refused = new AtomicReference<ProblemException>();
        var enlistments = enlisted.forOrder(order.toSagaOrder(), () -> {
            try {
                keys.once(request, () -> {
                    fulfilled.add(order, outbox);
                    given.set(answer.apply(order));
                    return given.get();
                });
            } catch (ProblemException e) {
                refused.set(e);
            }
            return given.get() == null ? new Contended("the same request is under way elsewhere") : new Prepared();
        });
        Timer.Sample sample = Timer.start(meters);
        TransactionOutcome outcome;
        try {
            outcome = manager.run(order.id(), enlistments);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = new TransactionOutcome.Unknown();
        }
        sample.stop(Timer.builder("orderly.distributed-transaction.duration")
                .description("from the first question to the last acknowledgement")
                .publishPercentileHistogram()
                .register(meters));
        count(nameOf(outcome));
        if (outcome instanceof TransactionOutcome.RolledBack && refused.get() != null) {
            throw refused.get();
        }
        return switch (outcome) {
            case TransactionOutcome.Committed _ -> new DistributedPlacementResult.Placed(given.get());
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
                    case Vote.Prepared _ -> throw new IllegalStateException("nobody refused");
                };
            case TransactionOutcome.Unknown _ -> "unknown";
        };
    }

    private void count(String outcome) {
        meters.counter("orderly.distributed-transaction.outcomes", "outcome", outcome)
                .increment();
    }
}
