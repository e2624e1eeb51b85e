package io.orderly.kit.participant;

import io.orderly.contracts.reply.StepReply;
import java.util.List;

/** The replies a participant has given, one per (order, step), kept as long as the order. */
public interface DeferredReplies {

    /**
     * Records the replies to commands that {@link CommandHandler#handle} left open, and sends each with the current
     * transaction, as caused by its command and in its trace. Where a step has its reply already, or its command was never
     * received, nothing is recorded and nothing is sent.
     *
     * @return the replies that were recorded and will be sent
     */
    List<StepReply> send(List<? extends StepReply> replies);
}
