package io.orderly.lab.torture.coordinator;

import io.orderly.coordinator.simulation.history.History;
import io.orderly.coordinator.simulation.history.HistoryEvent;
import io.orderly.coordinator.simulation.history.ModelCommand;
import io.orderly.coordinator.simulation.history.TxnCommand;
import io.orderly.coordinator.simulation.history.TxnCommand.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recorded history together with the history of the members. It shows which unanswered writes took effect, because each write has a
 * unique value, whether an acknowledged write is missing, whether a refused one took effect, and whether a write took effect twice.
 *
 * <p>The outcome of an unanswered deletion stays unknown if the key has a deletion that belongs to no answered operation.
 */
final class ResolvedHistory {

    private final History history = new History();
    private final Set<Integer> groups = new HashSet<>();
    private final List<String> deviations = new ArrayList<>();
    private final Map<Long, LogEvent> byValue = new HashMap<>();
    private final Map<String, Set<Long>> unexplainedDeletions = new HashMap<>();
    private int resolved;
    private int unknown;

    private record Invocation(RecordedEvent.Invoked event, TxnCommand command) {}

    /**
     * @param recorded in the order in which it was recorded
     * @param log all changes in the history of a member
     */
    ResolvedHistory(List<RecordedEvent> recorded, List<LogEvent> log) {
        for (LogEvent event : log) {
            if (event.isDeletion()) {
                unexplainedDeletions
                        .computeIfAbsent(event.key(), _ -> new HashSet<>())
                        .add(event.revision());
            } else {
                LogEvent earlier = byValue.put(event.value(), event);
                if (earlier != null) {
                    deviations.add("a write took effect twice, as %s and as %s".formatted(earlier, event));
                }
            }
        }
        Map<Integer, Invocation> open = new LinkedHashMap<>();
        long lastMicros = 0;
        for (RecordedEvent event : recorded) {
            lastMicros = event.atMicros();
            switch (event) {
                case RecordedEvent.Invoked invoked -> {
                    Invocation invocation = new Invocation(invoked, (TxnCommand) ModelCommand.parse(invoked.command()));
                    open.put(invoked.operation(), invocation);
                    groups.add(invoked.group());
                    history.add(new HistoryEvent.Invoked(
                            invoked.operation(),
                            invoked.client(),
                            invoked.group(),
                            invocation.command,
                            invoked.atMicros()));
                }
                case RecordedEvent.Answered answered -> {
                    Invocation invocation = known(open.remove(answered.operation()), answered);
                    history.add(
                            new HistoryEvent.Answered(answered.operation(), answered.result(), answered.atMicros()));
                    explain(invocation, answered);
                }
                case RecordedEvent.Refused refused -> {
                    Invocation invocation = known(open.remove(refused.operation()), refused);
                    history.add(new HistoryEvent.NeverHappened(refused.operation(), refused.atMicros()));
                    requireNoEffect(invocation);
                }
                case RecordedEvent.Unanswered _ -> {
                    // stays open, because it may take effect later
                }
            }
        }
        for (Invocation invocation : open.values()) {
            resolve(invocation, lastMicros);
        }
    }

    /** The history, in which the object of an operation is its group of keys. */
    History history() {
        return history;
    }

    /** The number of groups of keys. */
    int groups() {
        return groups.size();
    }

    /**
     * Descriptions of lost acknowledged writes, of refused ones with an effect, of partly applied transactions, and of writes that took
     * effect twice.
     */
    List<String> deviations() {
        return deviations;
    }

    /** The number of unanswered operations whose outcome the log shows. */
    int resolved() {
        return resolved;
    }

    /** The number of operations whose outcome stays unknown. */
    int unknown() {
        return unknown;
    }

    private static Invocation known(@Nullable Invocation invocation, RecordedEvent answer) {
        if (invocation == null) {
            throw new IllegalArgumentException("the history has an answer without an invocation: " + answer);
        }
        return invocation;
    }

    private void requireNoEffect(Invocation invocation) {
        for (long value : values(invocation)) {
            LogEvent kept = byValue.get(value);
            if (kept != null) {
                deviations.add("%s was refused, but the history has %s".formatted(invocation.event, kept));
            }
        }
    }

    /** Those that it writes if its conditions hold; otherwise none of the commands writes. */
    private static List<Long> values(Invocation invocation) {
        return invocation.command.then().stream()
                .filter(Step.Put.class::isInstance)
                .map(step -> ((Step.Put) step).value())
                .toList();
    }

    private void explain(Invocation invocation, RecordedEvent.Answered answered) {
        boolean held = answered.result().getFirst() == 1;
        int told = 1;
        for (Step step : held ? invocation.command.then() : invocation.command.otherwise()) {
            switch (step) {
                case Step.Put(int key, long value) -> {
                    LogEvent kept = byValue.get(value);
                    if (kept == null || kept.revision() != answered.revision()) {
                        deviations.add("%s was acknowledged with revision %d, but the history has %s"
                                .formatted(invocation.event, answered.revision(), kept));
                    }
                }
                case Step.Delete(int key) -> {
                    boolean isDeleted = answered.result().get(told++) == 1;
                    String name = TxnRequests.key(invocation.event.group(), key);
                    boolean isKept =
                            unexplainedDeletions.getOrDefault(name, Set.of()).contains(answered.revision());
                    if (isDeleted && !isKept) {
                        deviations.add("%s was acknowledged with revision %d, but is missing in the history"
                                .formatted(invocation.event, answered.revision()));
                    } else if (isDeleted) {
                        unexplainedDeletions.get(name).remove(answered.revision());
                    }
                }
                case Step.Read _ -> {
                    // checked by the linearizability checker
                }
            }
        }
    }

    private void resolve(Invocation invocation, long atMicros) {
        int operation = invocation.event.operation();
        List<Long> values = values(invocation);
        long kept = values.stream().filter(byValue::containsKey).count();
        if (kept > 0 && kept < values.size()) {
            deviations.add("of %s, only %d of %d writes took effect".formatted(invocation.event, kept, values.size()));
        }
        if (kept > 0) {
            resolved++;
            history.add(new HistoryEvent.FoundDone(operation, atMicros));
        } else if (values.isEmpty() && mayHaveDeleted(invocation)) {
            unknown++;
        } else {
            resolved++;
            history.add(new HistoryEvent.NeverHappened(operation, atMicros));
        }
    }

    private boolean mayHaveDeleted(Invocation invocation) {
        return invocation.command.then().stream()
                .filter(Step.Delete.class::isInstance)
                .map(step -> TxnRequests.key(invocation.event.group(), ((Step.Delete) step).key()))
                .anyMatch(name ->
                        !unexplainedDeletions.getOrDefault(name, Set.of()).isEmpty());
    }
}
