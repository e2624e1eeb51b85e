package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.contracts.Topic;
import io.orderly.contracts.reply.Reply;
import java.util.List;
import java.util.Optional;

/**
 * What a participant does for the saga. A bean of this type is all it takes: its service then consumes the topic of its
 * commands and answers on the saga's reply topic.
 *
 * <p>Calls run in one transaction with inbox, recorded replies and outbox. A command comes here only once per
 * (order, step): a repeated one gets the recorded reply. A forward step comes here only if its compensation was not seen before; a
 * compensation also when its forward step never was, and then it succeeds and changes nothing.
 *
 * @param <C> the sealed family of its commands
 */
public interface CommandHandler<C extends Command> {

    Topic topic();

    Class<C> commandType();

    /**
     * Called once before the commands of a transaction are handled: the place to load and lock, in one order for all, what
     * they will need.
     */
    default void prepare(List<C> batch) {}

    /**
     * @return the reply, which is recorded and sent; empty if it will come later through {@link RecordedReplies#answer}
     */
    Optional<Reply> handle(C command);

    /** Called once after the commands of a transaction were handled: the place to write in one go what they changed. */
    default void complete() {}
}
