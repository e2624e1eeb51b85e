package io.orderly.coordinator.consensus;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/** The requests whose slots are not decided yet, and their size. */
final class PendingProposals {

    private final ConsensusSettings configuration;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long bytes;

    PendingProposals(ConsensusSettings configuration) {
        this.configuration = configuration;
    }

    int size() {
        return pending.size();
    }

    boolean hasRoom(int sizeInBytes) {
        return pending.size() < configuration.maxUndecidedEntries()
                && bytes + sizeInBytes <= configuration.maxUndecidedBytes();
    }

    void add(long token, long slot, int sizeInBytes) {
        pending.addLast(new Pending(token, slot, sizeInBytes));
        bytes += sizeInBytes;
    }

    void decided(long commit, EffectCollector outbox) {
        while (!pending.isEmpty() && pending.peekFirst().slot <= commit) {
            Pending first = pending.removeFirst();
            bytes -= first.sizeInBytes;
            outbox.outcome(new ReplicaOutcome.Applied(first.token, first.slot));
        }
    }

    void clear(LongConsumer abandoned) {
        pending.forEach(proposal -> abandoned.accept(proposal.token));
        pending.clear();
        bytes = 0;
    }

    private record Pending(long token, long slot, int sizeInBytes) {}
}
