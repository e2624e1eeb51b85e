package io.orderly.coordinator.node;

import io.orderly.coordinator.consensus.Effects;
import io.orderly.coordinator.consensus.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Applies entries, a bounded amount of work in each turn. What depends on entries waits with them: effects are done in the order of their
 * steps, so outcomes and snapshots find the state that they are about.
 *
 * @param <R> the state machine's results
 */
final class Applying<R> {

    /** To decode a command and to report its outcome, whatever the machine does. */
    private static final long LEAST_STEPS = 20;

    private final StateMachine<R> machine;
    private final long stepsPerTurn;
    private final BiConsumer<Effects, Map<Long, R>> done;
    private final Deque<Effects> waiting = new ArrayDeque<>();

    /** Of the first that wait: which entry is next, and the results of those before it. */
    private int next;

    private Map<Long, R> results = new HashMap<>();
    private long stepsLeft;

    /** @param done called with effects and the results of their entries, by slot */
    Applying(StateMachine<R> machine, long stepsPerTurn, BiConsumer<Effects, Map<Long, R>> done) {
        this.machine = machine;
        this.stepsPerTurn = stepsPerTurn;
        this.done = done;
        stepsLeft = stepsPerTurn;
    }

    void beginTurn() {
        stepsLeft = stepsPerTurn;
    }

    boolean isBehind() {
        return !waiting.isEmpty();
    }

    /** The slot of the last entry that was applied, while others wait. */
    long applied() {
        return waiting.getFirst().apply().get(next).slot() - 1;
    }

    void add(Effects effects) {
        waiting.add(effects);
        go();
    }

    void go() {
        while (!waiting.isEmpty() && applyFirst()) {
            Effects applied = waiting.remove();
            Map<Long, R> its = results;
            next = 0;
            results = new HashMap<>();
            done.accept(applied, its);
        }
    }

    /** @return whether all entries of the first effects are applied */
    private boolean applyFirst() {
        Effects first = waiting.getFirst();
        while (next < first.apply().size()) {
            if (stepsLeft <= 0) {
                return false;
            }
            Entry entry = first.apply().get(next);
            long before = machine.steps();
            results.put(entry.slot(), machine.apply(entry));
            stepsLeft -= LEAST_STEPS + machine.steps() - before;
            next++;
        }
        return true;
    }
}
