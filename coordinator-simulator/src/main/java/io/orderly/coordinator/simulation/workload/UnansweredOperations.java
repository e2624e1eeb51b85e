package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.simulation.VirtualTime;
import io.orderly.coordinator.simulation.history.HistoryEvent;
import io.orderly.coordinator.simulation.history.History;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How operations ended whose clients were told nothing, as the durable log tells it. A client's operation is void once a later one
 * of that client has taken effect.
 */
public final class UnansweredOperations {

    private final VirtualTime time;
    private final History history;

    /** Left by their clients, and not in the log so far; by operation, with the client. */
    private final SortedMap<Integer, Integer> abandoned = new TreeMap<>();

    private final Set<Integer> inLog = new HashSet<>();

    /** Their clients were told that these never happen. */
    private final Set<Integer> refused = new HashSet<>();

    private int unanswered;

    public UnansweredOperations(VirtualTime time, History history) {
        this.time = time;
        this.history = history;
    }

    /** @return how many operations ended without their clients being told */
    public int unanswered() {
        return unanswered;
    }

    /** Whether its client has left an operation, and it may still happen. */
    public boolean isAbandoned(int operation) {
        return abandoned.containsKey(operation);
    }

    /** The log says that an operation has taken effect, whether or not its client will ever hear of it. */
    public void tookEffect(int operation, int client) {
        if (refused.contains(operation)) {
            throw PropertyViolation.safety(
                    "what is refused has no effect",
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

    /** Nothing is on its way any more: what is not in the log never will be. */
    public void settle() {
        List.copyOf(abandoned.keySet()).forEach(this::neverHappened);
    }

    private void neverHappened(int operation) {
        abandoned.remove(operation);
        refused.add(operation);
        history.add(new HistoryEvent.NeverHappened(operation, time.nowMicros()));
    }
}
