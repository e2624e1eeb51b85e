package io.orderly.coordinator.simulation.history;

import java.util.List;

/**
 * What a client may ask of one object, told as a sequential specification: what it does to a state, and what it answers.
 *
 * @param <S> the object's state: immutable, with {@code equals}; the same for all commands of one object
 */
public sealed interface ModelCommand<S> permits MapCommand, TxnCommand {

    /** What every object begins with. */
    S initial();

    /** @return the state afterwards */
    S next(S current);

    /** @return what the client is told */
    List<Long> result(S current);

    /** @throws IllegalArgumentException if the words are not what a command's {@code toString} gives */
    static ModelCommand<?> parse(String text) {
        return text.startsWith("transaction ") ? TxnCommand.parse(text) : MapCommand.parse(text);
    }
}
