package io.orderly.kit.participant;

import io.orderly.contracts.reply.StepReply;
import java.util.List;

/**
 * Sends the replies to commands that {@link CommandHandler#handle} did not answer at once. Each (order, step) has one reply,
 * which is kept as long as the order.
 */
public interface DeferredReplies {

    /**
     * Records the replies and sends them with the current transaction, each with its command as the cause and in the
     * command's trace. A reply is ignored if the step already has a reply or its command was never received.
     *
     * @return the replies that were recorded
     */
    List<StepReply> send(List<? extends StepReply> replies);
}
