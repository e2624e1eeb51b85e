package io.orderly.antipatterns.inmemorycompensation;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.antipatterns.inmemorycompensation.InMemoryPlacementResult.Declined;
import io.orderly.antipatterns.inmemorycompensation.InMemoryPlacementResult.Failed;
import io.orderly.antipatterns.inmemorycompensation.InMemoryPlacementResult.Invalid;
import io.orderly.antipatterns.inmemorycompensation.InMemoryPlacementResult.Placed;
import io.orderly.antipatterns.ordering.FulfilledOrders;
import io.orderly.antipatterns.ordering.PreviousAnswers;
import io.orderly.chaos.CrashPoint;
import io.orderly.chaos.CrashPoints;
import io.orderly.contracts.Command;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.StepCompleted;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentRequest;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.kit.outbox.Outbox;
import io.orderly.order.Order;
import io.orderly.order.placement.OrderDraft;
import io.orderly.order.placement.OrderPlacement;
import io.orderly.order.placement.PlacementResult;
import io.orderly.order.saga.SagaDefinition;
import io.orderly.order.saga.SagaOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;

/**
 * Places orders by calling one participant after the other. If one says no, or nothing, the steps that were begun are undone in
 * reverse, as this thread remembers them; the order and its answer are stored when all is done, and its events are sent after
 * that.
 */
public class InMemoryOrderPlacement {

    private static final Logger log = LoggerFactory.getLogger(InMemoryOrderPlacement.class);

    private final OrderPlacement orderPlacement;
    private final IdempotencyKeys keys;
    private final PreviousAnswers answers;
    private final FulfilledOrders fulfilled;
    private final Outbox afterTheFact;
    private final StepClient steps;
    private final InMemoryCompensationProperties properties;
    private final MeterRegistry meters;
    private final CrashPoint afterStepsBeforeOrder;

    /** @param afterTheFact sends what is appended when it has committed */
    InMemoryOrderPlacement(
            OrderPlacement orderPlacement,
            IdempotencyKeys keys,
            PreviousAnswers answers,
            FulfilledOrders fulfilled,
            Outbox afterTheFact,
            StepClient steps,
            InMemoryCompensationProperties properties,
            MeterRegistry meters,
            CrashPoints crashPoints) {
        this.orderPlacement = orderPlacement;
        this.keys = keys;
        this.answers = answers;
        this.fulfilled = fulfilled;
        this.afterTheFact = afterTheFact;
        this.steps = steps;
        this.properties = properties;
        this.meters = meters;
        this.afterStepsBeforeOrder = crashPoints.named("after-calls-before-order");
    }

    /**
     * @param answer what the client is told of its order
     * @throws io.orderly.kit.web.ProblemException as {@link IdempotencyKeys#once}
     */
    public InMemoryPlacementResult place(
            IdempotentRequest request, OrderDraft draft, Function<Order, IdempotentResponse> answer) {
        Optional<IdempotentResponse> known = answers.find(request);
        if (known.isPresent()) {
            return new Placed(known.get());
        }
        return switch (orderPlacement.evaluate(draft)) {
            case PlacementResult.Refused refused -> new Invalid(refused.violations());
            case PlacementResult.Accepted(Order order) -> {
                InMemoryPlacementResult placement = fulfil(order, request, answer);
                meters.counter(
                                "orderly.in-memory-compensation.outcomes",
                                "outcome",
                                placement.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                        .increment();
                yield placement;
            }
        };
    }

    private InMemoryPlacementResult fulfil(
            Order order, IdempotentRequest request, Function<Order, IdempotentResponse> answer) {
        SagaOrder forSteps = order.toSagaOrder();
        List<SagaStep> wayBack = List.of();
        Optional<SagaStep> next = Optional.of(SagaDefinition.first());
        while (next.isPresent()) {
            SagaStep step = next.get();
            StepReply reply;
            try {
                reply = isLast(step)
                        ? persistently(SagaDefinition.command(step, forSteps))
                        : steps.take(SagaDefinition.command(step, forSteps));
            } catch (RestClientException e) {
                log.debug("What became of {} of {} is unknown", step, order.id(), e);
                // the step may have been done, may be under way, or may never have been heard of: it is undone too
                return failed(step + " got no answer", forSteps, undoing(step));
            }
            switch (reply) {
                case StepCompleted _ -> {
                    wayBack = SagaDefinition.compensationsBefore(step);
                    next = SagaDefinition.after(step);
                }
                case StepDeclined declined -> {
                    return undo(forSteps, SagaDefinition.compensationsBefore(step))
                            ? new Declined(declined.reason(), declined.detail())
                            : new Failed(step + " was declined: " + declined.detail(), false);
                }
                case StepRefused refused -> {
                    return failed(step + " was refused: " + refused.detail(), forSteps, undoing(step));
                }
            }
        }
        afterStepsBeforeOrder.pass();
        return store(order, request, answer, forSteps, wayBack);
    }

    /** Another request with the same key may have been faster; then this one's order is undone like any that failed. */
    private InMemoryPlacementResult store(
            Order order,
            IdempotentRequest request,
            Function<Order, IdempotentResponse> answer,
            SagaOrder forSteps,
            List<SagaStep> wayBack) {
        var mine = new AtomicReference<IdempotentResponse>();
        try {
            IdempotentResponse given = keys.once(request, () -> {
                fulfilled.add(order, afterTheFact);
                mine.set(answer.apply(order));
                return mine.get();
            });
            if (mine.get() == null) {
                undo(forSteps, wayBack);
            }
            return new Placed(given);
        } catch (RuntimeException e) {
            undo(forSteps, wayBack);
            throw e;
        }
    }

    /** The last step cannot be undone, and before it is answered nobody knows whether the others still can. */
    private static List<SagaStep> undoing(SagaStep step) {
        return isLast(step) ? SagaDefinition.compensationsBefore(step) : SagaDefinition.compensationsThrough(step);
    }

    private static boolean isLast(SagaStep step) {
        return SagaDefinition.after(step).isEmpty();
    }

    private Failed failed(String detail, SagaOrder order, List<SagaStep> compensations) {
        return new Failed(detail, undo(order, compensations));
    }

    /** @return whether all of it was done; what was not is forgotten */
    private boolean undo(SagaOrder order, List<SagaStep> compensations) {
        boolean all = true;
        for (SagaStep compensation : compensations) {
            try {
                if (!(persistently(SagaDefinition.command(compensation, order)) instanceof StepCompleted)) {
                    all = false;
                }
            } catch (RestClientException e) {
                log.error("{} of {} failed for good, and nobody will try it again", compensation, order.id(), e);
                all = false;
            }
        }
        return all;
    }

    private StepReply persistently(Command command) {
        for (int attempt = 1; ; attempt++) {
            try {
                return steps.take(command);
            } catch (RestClientException e) {
                if (attempt == properties.attempts()) {
                    throw e;
                }
            }
        }
    }
}
