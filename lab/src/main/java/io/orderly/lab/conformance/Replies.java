package io.orderly.lab.conformance;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.StepReply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The replies that came in a rule. Records with the same message id are one reply. */
final class Replies {

    private final Set<String> ids = new HashSet<>();
    private final List<StepReply> replies = new ArrayList<>();
    private final List<CommandDeadLettered> deadLettered = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();

    /** @param id of the message; null if it has none */
    void add(Answer answer, @Nullable String id) {
        flaws.addAll(answer.flaws());
        if (id == null || ids.add(id)) {
            switch (answer.reply()) {
                case StepReply reply -> replies.add(reply);
                case CommandDeadLettered letter -> deadLettered.add(letter);
                case null -> {}
            }
        }
    }

    void addFlaw(String flaw) {
        flaws.add(flaw);
    }

    /** In the order in which they came. */
    List<StepReply> to(OrderId order, SagaStep step) {
        return to(order).stream().filter(reply -> reply.step() == step).toList();
    }

    /** The replies to all steps of the order. */
    List<StepReply> to(OrderId order) {
        return replies.stream().filter(reply -> reply.orderId().equals(order)).toList();
    }

    /** The message that a command of the order became a dead letter. */
    Optional<CommandDeadLettered> deadLetterOf(OrderId order) {
        return deadLettered.stream()
                .filter(letter -> letter.orderId().equals(order))
                .findFirst();
    }

    /** What the contract does not allow of the records. */
    List<String> flaws() {
        return flaws;
    }
}
