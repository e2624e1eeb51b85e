package io.orderly.order.saga;

import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.Reply;
import io.orderly.contracts.reply.StepCompleted;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Simulates the participants of one order according to their protocol: a repeated command gets the recorded reply, a compensation
 * of a step that was never received succeeds, and a step that arrives after its compensation is refused.
 */
final class SimulatedParticipants {

    private final Set<SagaStep> rejectedSteps;
    private final Map<SagaStep, Reply> recorded = new EnumMap<>(SagaStep.class);
    private final Map<SagaStep, Integer> done = new EnumMap<>(SagaStep.class);
    private final Set<SagaStep> inEffect = EnumSet.noneOf(SagaStep.class);

    /**
     * @param rejectedSteps the forward steps that are declined, and the compensations that are refused until {@link
     * #acceptCompensations}
     */
    SimulatedParticipants(Set<SagaStep> rejectedSteps) {
        this.rejectedSteps = EnumSet.noneOf(SagaStep.class);
        this.rejectedSteps.addAll(rejectedSteps);
    }

    Reply handle(Command command) {
        SagaStep step = command.step();
        Reply before = recorded.get(step);
        if (before != null) {
            return before;
        }
        Reply reply = decide(command.orderId(), step);
        if (!(reply instanceof StepRefused && step.isCompensation())) {
            recorded.put(step, reply);
        }
        return reply;
    }

    private Reply decide(OrderId order, SagaStep step) {
        if (step.isCompensation()) {
            if (rejectedSteps.contains(step)) {
                return new StepRefused(order, step, "NOT_NOW", "needs an operator");
            }
            inEffect.remove(step.forward());
        } else if (isCompensated(step)) {
            return new StepRefused(order, step, "ALREADY_COMPENSATED", "too late");
        } else if (rejectedSteps.contains(step)) {
            return new StepDeclined(order, step, "NO", "scripted");
        } else {
            done.merge(step, 1, Integer::sum);
            inEffect.add(step);
        }
        return SagaScenario.completion(order, step);
    }

    private boolean isCompensated(SagaStep forward) {
        return recorded.entrySet().stream()
                .anyMatch(entry -> entry.getKey().isCompensation()
                        && entry.getKey().forward() == forward
                        && entry.getValue() instanceof StepCompleted);
    }

    /** From now on compensations succeed. */
    void acceptCompensations() {
        rejectedSteps.removeIf(SagaStep::isCompensation);
    }

    /** The forward steps that are completed and not compensated. */
    Set<SagaStep> inEffect() {
        return inEffect;
    }

    /** The number of times that the step was completed, including steps that were compensated later. */
    int timesDone(SagaStep step) {
        return done.getOrDefault(step, 0);
    }
}
