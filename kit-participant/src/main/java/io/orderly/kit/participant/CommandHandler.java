package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.contracts.Topic;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import java.util.List;

/**
 * What a participant does for the saga. A bean of this type is all it takes: its service then consumes the topic of its
 * commands and answers on the saga's reply topic.
 *
 * <p>All work on a batch runs in one transaction with inbox, recorded replies and outbox. A command comes here only once
 * per (order, step), a repeated one gets the recorded reply. A forward step comes here only if its compensation was not seen
 * before; a compensation also when its forward step never was, and then it succeeds and changes nothing.
 *
 * <p>A repeated forward step may be brought here all the same, in a transaction that then fails: whether it was taken before is
 * asked only once the key of its recorded reply says so at the commit. A {@link StepRefused} is not recorded, so it must not be
 * the answer to a step that was taken before.
 *
 * @param <C> the sealed family of its commands
 */
public interface CommandHandler<C extends Command> {

    Topic topic();

    Class<C> commandType();

    /**
     * Handles a batch in the current transaction: loads and locks what the commands need, in one order for all, decides, and
     * writes. Called from several threads at once.
     *
     * @return at most one reply to each command, in any order. It is recorded and sent; a {@link StepRefused} is sent only, so that
     *     the same command comes here again when an operator retries it. A command without a reply is answered later through
     *     {@link DeferredReplies#send}
     */
    List<StepReply> handle(CommandBatch<C> batch);
}
