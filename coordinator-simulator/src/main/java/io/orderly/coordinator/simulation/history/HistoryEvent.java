package io.orderly.coordinator.simulation.history;

import java.util.List;

/** One line of a history. An operation that is only {@link Invoked} may take effect at any later time, or never. */
public sealed interface HistoryEvent {

    /** Unique within the history. */
    int operation();

    long atMicros();

    record Invoked(int operation, int client, int key, ModelCommand<?> command, long atMicros)
            implements HistoryEvent {}

    /** The client received the result. */
    record Answered(int operation, List<Long> result, long atMicros) implements HistoryEvent {}

    /** The client received no response, but according to the durable log the operation has taken effect by this time. */
    record FoundDone(int operation, long atMicros) implements HistoryEvent {}

    /** The operation never takes effect: it was refused, or is not in the durable log. */
    record NeverHappened(int operation, long atMicros) implements HistoryEvent {}
}
