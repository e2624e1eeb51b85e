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
 * Takes steps for callers who wait for the reply, with the promises that a saga gets: a step is taken once and its reply is
 * recorded, and a forward step that comes after its compensation is refused. The reply is told to the caller alone.
 *
 * <p>Steps whose reply comes late are not recorded, since that would send it to a saga that is not there. Their handler has to
 * refuse a repeated one by itself.
 */
final class DirectSteps<C extends Command> {

    private static final Duration LOOK = Duration.ofMillis(10);

    private final CommandHandler<C> handler;
    private final DirectStepRecords memory;
    private final @Nullable StepReplyLookup lateReplies;
    private final TransactionTemplate transactions;
    private final MessageTraces traces;
    private final Duration patience;

    /** @param patience how long a late reply is waited for */
    DirectSteps(
            CommandHandler<C> handler,
            DirectStepRecords memory,
            @Nullable StepReplyLookup lateReplies,
            TransactionTemplate transactions,
            MessageTraces traces,
            Duration patience) {
        this.handler = handler;
        this.memory = memory;
        this.lateReplies = lateReplies;
        this.transactions = transactions;
        this.traces = traces;
        this.patience = patience;
    }

    boolean takes(Object command) {
        return handler.commandType().isInstance(command);
    }

    /**
     * @param command one that this participant takes
     * @throws ProblemException if what became of the step is not known in time
     */
    StepReply take(Object command) {
        C mine = handler.commandType().cast(command);
        Optional<StepReply> reply = transactions.execute(_ -> takeOrRecall(mine));
        return reply.or(() -> await(mine)).orElseThrow(DirectSteps::unknown);
    }

    private Optional<StepReply> takeOrRecall(C command) {
        DirectStepRecords.OrderSteps known = memory.of(command.orderId());
        if (known.isTaken(command.step())) {
            return known.replyTo(command.step());
        }
        Optional<StepReply> reply =
                handler.handle(CommandBatch.of(List.of(command), traces.currentTraceParent())).stream()
                        .findFirst();
        reply.filter(each -> !(each instanceof StepRefused)).ifPresent(each -> memory.remember(known, each));
        return reply;
    }

    private Optional<StepReply> await(C command) {
        if (lateReplies == null) {
            return Optional.empty();
        }
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        Optional<StepReply> reply;
        do {
            reply = lateReplies.find(command.orderId(), command.step());
        } while (reply.isEmpty() && System.nanoTime() < deadlineNanos && rest());
        return reply;
    }

    private static boolean rest() {
        try {
            Thread.sleep(LOOK);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemType.UNAVAILABLE, "What became of the step is not known yet.");
    }
}
