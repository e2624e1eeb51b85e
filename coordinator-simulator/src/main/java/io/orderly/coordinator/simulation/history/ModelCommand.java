package io.orderly.coordinator.simulation.history;

import java.util.List;

/**
 * A command on one object, as a sequential specification: the next state, and the result.
 *
 * @param <S> the object's state: immutable, with {@code equals}; the same for all commands of one object
 */
public sealed interface ModelCommand<S> permits MapCommand, TxnCommand {

    /** The initial state of every object. */
    S initial();

    /** @return the state afterwards */
    S next(S current);

    /** @return the result that the client receives */
    List<Long> result(S current);

    /** @throws IllegalArgumentException if the text does not have the format of a command's {@code toString} */
    static ModelCommand<?> parse(String text) {
        return text.startsWith("transaction ") ? TxnCommand.parse(text) : MapCommand.parse(text);
    }
}
