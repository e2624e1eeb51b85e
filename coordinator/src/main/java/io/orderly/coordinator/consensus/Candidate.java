package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects promises under its own ballot, and learns which values may already be decided.
 *
 * <p>Each promise arrives in chunks that the candidate requests one by one, so the other node keeps no state. A promise counts when
 * all chunks have arrived, for all slots except those with corrupt entries. Repeating the request also keeps the nodes that have
 * promised from starting an election.
 *
 * <p>If it lacks slots that another node has deleted, and is not elected by the remaining nodes meanwhile, it asks that node to
 * take over. It fetches the snapshot nevertheless, since the other node may be unable to lead.
 */
final class Candidate extends Role {

    private final Ballot ballot;
    private final Adoption adoption;
    private final SortedMap<NodeId, PromiseProgress> progressByVoter = new TreeMap<>();
    private boolean ownPromiseDurable;
    private long ownPromisePoint;
    private long deadlineNanos;
    private long repeatNanos;
    /** A node that has promised, and has deleted slots that this node lacks. */
    private @Nullable NodeId ahead;

    private boolean handedOver;

    Candidate(ReplicaState state) {
        super(state);
        ballot = state.nextBallot();
        adoption = new Adoption(state.rules, state.acceptor.commit());
    }

    @Override
    Status.Role name() {
        return Status.Role.CANDIDATE;
    }

    @Override
    Ballot ballot() {
        return ballot;
    }

    @Override
    void enter() {
        state.acceptor.promise(ballot);
        ownPromisePoint = state.effects.writtenPoint();
        offerOwn();
        state.effects.event(new ReplicaEvent.Preparing(ballot));
        deadlineNanos = state.electionDeadlineNanos();
        askAll();
    }

    private void offerOwn() {
        Acceptor acceptor = state.acceptor;
        List<Entry> entries = new ArrayList<>();
        List<CorruptEntry> corrupt = new ArrayList<>();
        for (long slot = acceptor.commit() + 1; slot <= acceptor.log().last(); slot++) {
            Entry entry = acceptor.log().get(slot);
            if (entry == null) {
                corrupt.add(new CorruptEntry(slot, acceptor.log().ballotAtMost(slot)));
            } else {
                entries.add(entry);
            }
        }
        adoption.offer(state.self, acceptor.commit() + 1, entries, corrupt, acceptor.decided());
    }

    @Override
    void persisted() {
        if (!ownPromiseDurable && state.effects.durablePoint() >= ownPromisePoint) {
            ownPromiseDurable = true;
            leadIfElected();
        }
    }

    @Override
    void answered(NodeId from, Message answer) {
        if (answer instanceof Message.Promise promise) {
            promised(from, promise);
        }
    }

    @Override
    void tick() {
        if (state.nowNanos() >= deadlineNanos) {
            state.effects.event(new ReplicaEvent.SteppedDown(ballot, "too few promises"));
            state.follow(ballot, null);
        } else if (state.nowNanos() >= repeatNanos) {
            handOver();
            askAll();
        }
    }

    /** Only once: this node does not know whether the other one can lead and reach a quorum. */
    private void handOver() {
        if (ahead != null && !handedOver) {
            handedOver = true;
            state.effects.sendNow(ahead, new Message.TakeOver(ballot));
        }
    }

    @Override
    void snapshotProgressed() {
        deadlineNanos = state.electionDeadlineNanos();
    }

    @Override
    void snapshotInstalled() {
        long commit = state.acceptor.commit();
        adoption.decidedThrough(commit);
        progressByVoter.values().forEach(progress -> progress.skipTo(commit + 1));
        deadlineNanos = state.electionDeadlineNanos();
        askAll();
        leadIfElected();
    }

    private void promised(NodeId from, Message.Promise promise) {
        PromiseProgress progress = progressByVoter.get(from);
        if (progress == null || progress.complete || promise.from() != progress.next) {
            return;
        }
        state.heard();
        if (!state.rules.promiseCounts(promise)) {
            ahead = from;
            state.fetch.from(from, ballot);
            return;
        }
        adoption.offer(from, promise.from(), promise.entries(), promise.corrupt(), promise.commit());
        progress.next = promise.next();
        progress.complete = progress.next > promise.last();
        progress.commit = promise.commit();
        deadlineNanos = state.electionDeadlineNanos();
        if (!progress.complete) {
            ask(from, progress);
        }
        leadIfElected();
    }

    private void askAll() {
        repeatNanos = state.nowNanos() + state.settings.heartbeatInterval().toNanos();
        for (Membership membership : memberships()) {
            for (NodeId voter : membership.voters()) {
                if (!voter.equals(state.self)) {
                    ask(
                            voter,
                            progressByVoter.computeIfAbsent(
                                    voter, _ -> new PromiseProgress(state.acceptor.commit() + 1)));
                }
            }
        }
    }

    private void ask(NodeId voter, PromiseProgress progress) {
        state.effects.sendAfter(voter, new Message.Prepare(ballot, progress.next), ownPromisePoint);
    }

    /**
     * All memberships whose quorum must have promised: the one that decides the first slot above the commit index, and those after
     * each membership change that may be decided above it. A change that is void in its slot counts for nothing.
     */
    private List<Membership> memberships() {
        List<Membership> memberships = new ArrayList<>();
        EffectiveMembership effectiveMembership = state.acceptor.effectiveMembership();
        memberships.add(effectiveMembership.membership());
        for (long slot = state.acceptor.commit() + 1; slot <= adoption.last(); slot++) {
            EffectiveMembership next = membershipAfter(effectiveMembership, slot);
            if (!next.equals(effectiveMembership)) {
                effectiveMembership = next;
                memberships.add(next.membership());
            }
        }
        return memberships;
    }

    private EffectiveMembership membershipAfter(EffectiveMembership before, long slot) {
        Entry entry = adoption.get(slot);
        return entry == null ? before : state.rules.membershipAfter(before, entry);
    }

    private void leadIfElected() {
        if (state.role() != this || state.acceptor.isInstalling() || !ownPromiseDurable || !isElected()) {
            return;
        }
        long decided = state.acceptor.decided();
        for (PromiseProgress progress : progressByVoter.values()) {
            if (progress.complete) {
                decided = Math.max(decided, progress.commit);
            }
        }
        state.become(new Leader(state, ballot, adoption.entriesUnder(ballot), decided));
    }

    /** Whether all required quorums have promised, and enough is known about each slot. */
    private boolean isElected() {
        EffectiveMembership effectiveMembership = state.acceptor.effectiveMembership();
        if (!hasPromiseOf(effectiveMembership)) {
            return false;
        }
        for (long slot = state.acceptor.commit() + 1; slot <= adoption.last(); slot++) {
            if (!adoption.isSettled(slot, effectiveMembership.membership().voters(), this::hasPromised)) {
                return false;
            }
            EffectiveMembership next = membershipAfter(effectiveMembership, slot);
            if (!next.equals(effectiveMembership) && !hasPromiseOf(next)) {
                return false;
            }
            effectiveMembership = next;
        }
        return true;
    }

    private boolean hasPromiseOf(EffectiveMembership effectiveMembership) {
        return state.rules.quorum().isReached(effectiveMembership.membership().voters(), this::hasPromised);
    }

    private boolean hasPromised(NodeId node) {
        PromiseProgress progress = progressByVoter.get(node);
        return node.equals(state.self) ? ownPromiseDurable : progress != null && progress.complete;
    }

    /** How much of a promise has arrived. */
    private static final class PromiseProgress {

        private long next;
        private boolean complete;
        private long commit;

        private PromiseProgress(long next) {
            this.next = next;
        }

        private void skipTo(long slot) {
            next = Math.max(next, slot);
        }
    }
}
