package io.orderly.coordinator.simulation.history;

import java.util.List;

/** One line of a history. An operation that is only {@link Invoked} may take effect at any later time, or never. */
public sealed interface HistoryEvent {

    /** Unique within the history. */
    int operation();

    long atMicros();

    record Invoked(int operation, int client, int key, ModelCommand<?> command, long atMicros)
            implements HistoryEvent {}

    /** The client was told the result. */
    record Answered(int operation, List<Long> result, long atMicros) implements HistoryEvent {}

    /** The client was told nothing, but the durable log says that the operation has taken effect by now. */
    record FoundDone(int operation, long atMicros) implements HistoryEvent {}

    /** It has not taken effect and never will: it was refused, or the durable log has no trace of it. */
    record NeverHappened(int operation, long atMicros) implements HistoryEvent {}
}
