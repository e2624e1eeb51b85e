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

    /** What a turn may do if the rest of the last turn took as long: no more than one command may, about 100 milliseconds. */
    private static final long MOST_STEPS = 2_000_000;

    /** Somewhat more than a leader with default settings leaves undecided, so that a short burst is accepted as a whole. */
    private static final long MAX_WAITING_ENTRIES = 20_000;

    /** As much as a leader with default settings leaves undecided. */
    private static final long MAX_WAITING_BYTES = 64 << 20;

    private record Waiting(Effects effects, long sinceNanos) {}

    private final StateMachine<R> machine;
    private final long stepsPerTurn;
    private final BiConsumer<Effects, Map<Long, R>> done;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Of the first that wait: which entry is next, and the results of those before it. */
    private int next;

    private Map<Long, R> results = new HashMap<>();
    private long stepsOfTurn;
    private long stepsLeft;
    private long nowNanos;
    private long waitingEntries;
    private long waitingBytes;

    /** @param done called with effects and the results of their entries, by slot */
    Applying(StateMachine<R> machine, long stepsPerTurn, BiConsumer<Effects, Map<Long, R>> done) {
        this.machine = machine;
        this.stepsPerTurn = stepsPerTurn;
        this.done = done;
        stepsOfTurn = stepsPerTurn;
        stepsLeft = stepsPerTurn;
    }

    /**
     * If the last turn had much else to do, this one applies for as long: else what arrives in each turn may be more than what is applied
     * in it, without end.
     *
     * @param lastTurnSteps as many steps as the last turn took, with all that it did
     */
    void beginTurn(long atNanos, long lastTurnSteps) {
        long others = lastTurnSteps - (stepsOfTurn - stepsLeft);
        stepsOfTurn = Math.max(stepsPerTurn, Math.min(others, MOST_STEPS));
        stepsLeft = stepsOfTurn;
        nowNanos = atNanos;
    }

    boolean isBehind() {
        return !waiting.isEmpty();
    }

    /** Whether so many entries wait that the node must accept no more. */
    boolean isFarBehind() {
        return waitingEntries > MAX_WAITING_ENTRIES || waitingBytes > MAX_WAITING_BYTES;
    }

    /** How long the effects that have waited longest have waited at the beginning of this turn; 0 if none wait. */
    long lagNanos() {
        return waiting.isEmpty() ? 0 : nowNanos - waiting.getFirst().sinceNanos;
    }

    /** The slot of the last entry that was applied, while others wait. */
    long applied() {
        return waiting.getFirst().effects.apply().get(next).slot() - 1;
    }

    void add(Effects effects) {
        waiting.add(new Waiting(effects, nowNanos));
        waitingEntries += effects.apply().size();
        effects.apply().forEach(entry -> waitingBytes += entry.payload().sizeInBytes());
        go();
    }

    void go() {
        while (!waiting.isEmpty() && applyFirst()) {
            Effects applied = waiting.remove().effects;
            Map<Long, R> its = results;
            next = 0;
            results = new HashMap<>();
            done.accept(applied, its);
        }
    }

    /** @return whether all entries of the first effects are applied */
    private boolean applyFirst() {
        Effects first = waiting.getFirst().effects;
        while (next < first.apply().size()) {
            if (stepsLeft <= 0) {
                return false;
            }
            Entry entry = first.apply().get(next);
            long before = machine.steps();
            results.put(entry.slot(), machine.apply(entry));
            stepsLeft -= LEAST_STEPS + machine.steps() - before;
            next++;
            waitingEntries--;
            waitingBytes -= entry.payload().sizeInBytes();
        }
        return true;
    }
}
