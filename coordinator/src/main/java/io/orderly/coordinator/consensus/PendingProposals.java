package io.orderly.coordinator.consensus;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/** The requests whose slots are not decided yet, and their size. */
final class PendingProposals {

    private final ConsensusSettings settings;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long bytes;

    PendingProposals(ConsensusSettings settings) {
        this.settings = settings;
    }

    int size() {
        return pending.size();
    }

    boolean hasRoom(int sizeInBytes) {
        return pending.size() < settings.maxUndecidedEntries() && bytes + sizeInBytes <= settings.maxUndecidedBytes();
    }

    void add(long token, long slot, int sizeInBytes) {
        pending.addLast(new Pending(token, slot, sizeInBytes));
        bytes += sizeInBytes;
    }

    void decided(long commit, EffectCollector effects) {
        while (!pending.isEmpty() && pending.peekFirst().slot <= commit) {
            Pending first = pending.removeFirst();
            bytes -= first.sizeInBytes;
            effects.outcome(new ReplicaOutcome.Applied(first.token, first.slot));
        }
    }

    void clear(LongConsumer abandoned) {
        pending.forEach(proposal -> abandoned.accept(proposal.token));
        pending.clear();
        bytes = 0;
    }

    private record Pending(long token, long slot, int sizeInBytes) {}
}
