package io.orderly.coordinator.simulation.workload;

import io.orderly.clock.VirtualTime;
import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.simulation.history.History;
import io.orderly.coordinator.simulation.history.HistoryEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds out from the log how operations without a response ended. A client's operation is void once a later one of that client has
 * taken effect.
 */
public final class UnansweredOperations {

    private final VirtualTime time;
    private final History history;

    /** Abandoned operations that are not in the log yet, with their clients. */
    private final SortedMap<Integer, Integer> abandoned = new TreeMap<>();

    private final Set<Integer> inLog = new HashSet<>();

    /** Operations that were recorded as never happening. */
    private final Set<Integer> refused = new HashSet<>();

    private int unanswered;

    public UnansweredOperations(VirtualTime time, History history) {
        this.time = time;
        this.history = history;
    }

    /** @return how many operations ended without a response */
    public int unanswered() {
        return unanswered;
    }

    /** Whether its client has abandoned an operation that may still take effect. */
    public boolean isAbandoned(int operation) {
        return abandoned.containsKey(operation);
    }

    /** An operation has taken effect in the log, with or without a response. */
    public void tookEffect(int operation, int client) {
        if (refused.contains(operation)) {
            throw PropertyViolation.safety(
                    "a refused operation has no effect",
                    "operation %d of client %d took effect".formatted(operation, client));
        }
        if (inLog.add(operation) && abandoned.remove(operation) != null) {
            history.add(new HistoryEvent.FoundDone(operation, time.nowMicros()));
        }
        List.copyOf(abandoned.headMap(operation).entrySet()).stream()
                .filter(older -> older.getValue() == client)
                .forEach(older -> neverHappened(older.getKey()));
    }

    /** @param mayHappen whether an attempt may have reached the log */
    public void gaveUp(int operation, int client, boolean mayHappen) {
        unanswered++;
        if (!mayHappen) {
            neverHappened(operation);
        } else if (inLog.contains(operation)) {
            history.add(new HistoryEvent.FoundDone(operation, time.nowMicros()));
        } else {
            abandoned.put(operation, client);
        }
    }

    /** No message is in flight any more: an operation that is not in the log never takes effect. */
    public void settle() {
        List.copyOf(abandoned.keySet()).forEach(this::neverHappened);
    }

    private void neverHappened(int operation) {
        abandoned.remove(operation);
        refused.add(operation);
        history.add(new HistoryEvent.NeverHappened(operation, time.nowMicros()));
    }
}
