package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.contracts.Topic;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import java.util.List;

/**
 * Executes the steps of a saga participant. A service with a bean of this type consumes the topic of its commands and
 * replies on the saga's reply topic.
 *
 * <p>A batch is handled in one transaction, together with the inbox, the recorded replies and the outbox. The handler is
 * called once per (order, step); a repeated command gets the recorded reply. It is called for a forward step only if the
 * compensation of the step is not recorded. It is also called for a compensation whose forward step was never executed; such
 * a compensation must succeed and change nothing.
 *
 * <p>The handler may be called for a repeated forward step in a transaction that then fails, because a duplicate is detected
 * by the key of its record at the commit. A {@link StepRefused} is not recorded, so the handler must not return it for a
 * step that was executed before.
 *
 * @param <C> the sealed family of its commands
 */
public interface CommandHandler<C extends Command> {

    Topic topic();

    Class<C> commandType();

    /**
     * Handles a batch in the current transaction. Rows must be locked in the same order in every transaction, to avoid
     * deadlocks. Called concurrently from several threads.
     *
     * @return at most one reply for each command, in any order. Replies are recorded and sent; a {@link StepRefused} is only
     *     sent, so that the handler is called again when an operator retries the step. A command without a reply is answered
     *     later by {@link DeferredReplies#send}
     */
    List<StepReply> handle(CommandBatch<C> batch);
}
