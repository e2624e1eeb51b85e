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
 * Places orders by calling one participant after the other. If a participant declines or does not answer, the steps
 * begun so far are compensated in reverse order, as known to this thread. The order and the client's response are
 * stored after all steps, and the events are sent after that commit.
 */
public class InMemoryOrderPlacement {

    private static final Logger log = LoggerFactory.getLogger(InMemoryOrderPlacement.class);

    private final OrderPlacement orderPlacement;
    private final IdempotencyKeys keys;
    private final PreviousAnswers answers;
    private final FulfilledOrders fulfilled;
    private final Outbox afterCommit;
    private final StepClient steps;
    private final InMemoryCompensationProperties properties;
    private final MeterRegistry meters;
    private final CrashPoint afterStepsBeforeOrder;

    /** @param afterCommit sends appended messages after the commit */
    InMemoryOrderPlacement(
            OrderPlacement orderPlacement,
            IdempotencyKeys keys,
            PreviousAnswers answers,
            FulfilledOrders fulfilled,
            Outbox afterCommit,
            StepClient steps,
            InMemoryCompensationProperties properties,
            MeterRegistry meters,
            CrashPoints crashPoints) {
        this.orderPlacement = orderPlacement;
        this.keys = keys;
        this.answers = answers;
        this.fulfilled = fulfilled;
        this.afterCommit = afterCommit;
        this.steps = steps;
        this.properties = properties;
        this.meters = meters;
        this.afterStepsBeforeOrder = crashPoints.named("after-calls-before-order");
    }

    /**
     * @param answer creates the client's response
     * @throws io.orderly.kit.web.ProblemException as {@link IdempotencyKeys#once}
     */
    public InMemoryPlacementResult place(
            IdempotentRequest request, OrderDraft draft, Function<Order, IdempotentResponse> answer) {
        Optional<IdempotentResponse> previous = answers.find(request);
        if (previous.isPresent()) {
            return new Placed(previous.get());
        }
        return switch (orderPlacement.evaluate(draft)) {
            case PlacementResult.Refused refused -> new Invalid(refused.violations());
            case PlacementResult.Accepted(Order order, long _) -> {
                InMemoryPlacementResult placement = executeSteps(order, request, answer);
                meters.counter(
                                "orderly.in-memory-compensation.outcomes",
                                "outcome",
                                placement.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                        .increment();
                yield placement;
            }
        };
    }

    private InMemoryPlacementResult executeSteps(
            Order order, IdempotentRequest request, Function<Order, IdempotentResponse> answer) {
        SagaOrder sagaOrder = order.toSagaOrder();
        List<SagaStep> compensations = List.of();
        Optional<SagaStep> next = Optional.of(SagaDefinition.first());
        while (next.isPresent()) {
            SagaStep step = next.get();
            StepReply reply;
            try {
                reply = isLast(step)
                        ? executeWithRetries(SagaDefinition.command(step, sagaOrder))
                        : steps.execute(SagaDefinition.command(step, sagaOrder));
            } catch (RestClientException e) {
                log.debug("The outcome of {} of {} is unknown", step, order.id(), e);
                // the step may have been executed, may still be executing, or may not have arrived: it is compensated
                // too
                return failed(step + " was not answered", sagaOrder, compensationsFrom(step));
            }
            switch (reply) {
                case StepCompleted _ -> {
                    compensations = SagaDefinition.compensationsBefore(step);
                    next = SagaDefinition.after(step);
                }
                case StepDeclined declined -> {
                    return compensate(sagaOrder, SagaDefinition.compensationsBefore(step))
                            ? new Declined(declined.reason(), declined.detail())
                            : new Failed(step + " was declined: " + declined.detail(), false);
                }
                case StepRefused refused -> {
                    return failed(step + " was refused: " + refused.detail(), sagaOrder, compensationsFrom(step));
                }
            }
        }
        afterStepsBeforeOrder.pass();
        return store(order, request, answer, sagaOrder, compensations);
    }

    /**
     * A concurrent request with the same key may have stored its order first; then the steps of this request are
     * compensated.
     */
    private InMemoryPlacementResult store(
            Order order,
            IdempotentRequest request,
            Function<Order, IdempotentResponse> answer,
            SagaOrder sagaOrder,
            List<SagaStep> compensations) {
        var created = new AtomicReference<IdempotentResponse>();
        try {
            IdempotentResponse stored = keys.once(request, () -> {
                fulfilled.add(order, afterCommit);
                created.set(answer.apply(order));
                return created.get();
            });
            if (created.get() == null) {
                compensate(sagaOrder, compensations);
            }
            return new Placed(stored);
        } catch (RuntimeException e) {
            compensate(sagaOrder, compensations);
            throw e;
        }
    }

    /** The last step cannot be compensated, and as long as its outcome is unknown the other steps may be final too. */
    private static List<SagaStep> compensationsFrom(SagaStep step) {
        return isLast(step) ? SagaDefinition.compensationsBefore(step) : SagaDefinition.compensationsThrough(step);
    }

    private static boolean isLast(SagaStep step) {
        return SagaDefinition.after(step).isEmpty();
    }

    private Failed failed(String detail, SagaOrder order, List<SagaStep> compensations) {
        return new Failed(detail, compensate(order, compensations));
    }

    /** @return whether all compensations succeeded; the others are not retried later */
    private boolean compensate(SagaOrder order, List<SagaStep> compensations) {
        boolean all = true;
        for (SagaStep compensation : compensations) {
            try {
                if (!(executeWithRetries(SagaDefinition.command(compensation, order)) instanceof StepCompleted)) {
                    all = false;
                }
            } catch (RestClientException e) {
                log.error("{} of {} failed and will not be retried", compensation, order.id(), e);
                all = false;
            }
        }
        return all;
    }

    private StepReply executeWithRetries(Command command) {
        for (int attempt = 1; ; attempt++) {
            try {
                return steps.execute(command);
            } catch (RestClientException e) {
                if (attempt == properties.attempts()) {
                    throw e;
                }
            }
        }
    }
}
