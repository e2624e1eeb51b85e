package io.orderly.coordinator.consensus;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/**
 * Reads that wait for a quorum to confirm the leader. All reads requested while a round is under way share the next one.
 */
final class ReadRounds {

    private final Rules rules;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long begun;
    private long confirmed;

    ReadRounds(Rules rules) {
        this.rules = rules;
    }

    int size() {
        return waiting.size();
    }

    void add(long token) {
        waiting.addLast(new Waiting(token, rules.roundForRead(begun)));
    }

    /** Whether reads wait for a round that has not begun, and none is under way. */
    boolean isRoundDue() {
        return confirmed == begun && !waiting.isEmpty() && waiting.peekLast().round > begun;
    }

    /** Begins a round; it supersedes a round under way. */
    long begin() {
        return ++begun;
    }

    long begun() {
        return begun;
    }

    void confirm(long round) {
        confirmed = Math.max(confirmed, round);
    }

    /** Hands over the tokens whose round is confirmed. */
    void release(LongConsumer ready) {
        while (!waiting.isEmpty() && waiting.peekFirst().round <= confirmed) {
            ready.accept(waiting.removeFirst().token);
        }
    }

    void clear(LongConsumer abandoned) {
        waiting.forEach(read -> abandoned.accept(read.token));
        waiting.clear();
    }

    private record Waiting(long token, long round) {}
}
