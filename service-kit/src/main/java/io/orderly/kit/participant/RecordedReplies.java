package io.orderly.kit.participant;

import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.Reply;

/** The replies a participant has given, one per (order, step), kept as long as the order. */
public interface RecordedReplies {

    /**
     * Records the reply to a command that {@link CommandHandler#handle} left open, and sends it with the current
     * transaction, as caused by that command and in its trace. If the step already has a reply, the recorded one stays and
     * nothing is sent.
     *
     * @return false if the step had its reply already
     * @throws IllegalStateException if no such command was ever received
     */
    boolean answer(SagaStep step, Reply reply);
}
