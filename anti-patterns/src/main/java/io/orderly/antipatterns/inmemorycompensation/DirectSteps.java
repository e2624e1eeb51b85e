package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.contracts.Command;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.participant.CommandHandler;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Executes steps for callers that wait for the reply, with the same guarantees as for a saga: a step is executed once
 * and its reply is recorded, and a forward step that arrives after its compensation is refused. The reply is returned
 * to the caller only.
 *
 * <p>Steps with a deferred reply are not recorded, because recording would send the reply to a saga that does not
 * exist. Their handler has to refuse repeated steps itself.
 */
final class DirectSteps<C extends Command> {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

    private final CommandHandler<C> handler;
    private final DirectStepRecords records;
    private final @Nullable StepReplyLookup deferredReplies;
    private final TransactionTemplate transactions;
    private final MessageTraces traces;
    private final Duration timeout;

    /** @param timeout the time limit for a deferred reply */
    DirectSteps(
            CommandHandler<C> handler,
            DirectStepRecords records,
            @Nullable StepReplyLookup deferredReplies,
            TransactionTemplate transactions,
            MessageTraces traces,
            Duration timeout) {
        this.handler = handler;
        this.records = records;
        this.deferredReplies = deferredReplies;
        this.transactions = transactions;
        this.traces = traces;
        this.timeout = timeout;
    }

    boolean supports(Object command) {
        return handler.commandType().isInstance(command);
    }

    /**
     * @param command a command of this participant
     * @throws ProblemException if the outcome of the step is unknown at the timeout
     */
    StepReply execute(Object command) {
        C typed = handler.commandType().cast(command);
        Optional<StepReply> reply = transactions.execute(_ -> executeOrFindReply(typed));
        return reply.or(() -> await(typed)).orElseThrow(DirectSteps::outcomeUnknown);
    }

    private Optional<StepReply> executeOrFindReply(C command) {
        DirectStepRecords.OrderSteps recorded = records.of(command.orderId());
        if (recorded.isExecuted(command.step())) {
            return recorded.replyTo(command.step());
        }
        Optional<StepReply> reply =
                handler.handle(CommandBatch.of(List.of(command), traces.currentTraceParent())).stream()
                        .findFirst();
        reply.filter(each -> !(each instanceof StepRefused)).ifPresent(each -> records.record(recorded, each));
        return reply;
    }

    private Optional<StepReply> await(C command) {
        if (deferredReplies == null) {
            return Optional.empty();
        }
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        Optional<StepReply> reply;
        do {
            reply = deferredReplies.find(command.orderId(), command.step());
        } while (reply.isEmpty() && System.nanoTime() < deadlineNanos && pause());
        return reply;
    }

    private static boolean pause() {
        try {
            Thread.sleep(POLL_INTERVAL);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ProblemException outcomeUnknown() {
        return new ProblemException(ProblemType.UNAVAILABLE, "The outcome of the step is not known yet.");
    }
}
