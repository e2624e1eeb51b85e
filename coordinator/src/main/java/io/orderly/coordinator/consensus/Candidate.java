package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Collects promises under a ballot of its own, and learns what may be decided already.
 *
 * <p>Each promise is told in chunks; the candidate asks for one after the other, so the promiser keeps no account. A promise
 * counts when it has been told in full. Repeating the question also keeps those calm who are through.
 *
 * <p>If it lacks slots that a promiser has deleted, and is not elected by the others meanwhile, it asks that one to take over. It
 * fetches the snapshot all the same, for the other may not be able to.
 */
final class Candidate extends Role {

    private final Ballot ballot;
    private final Adoption adoption;
    private final SortedMap<NodeId, Telling> tellings = new TreeMap<>();
    private boolean ownPromiseDurable;
    private long ownPromisePoint;
    private long deadlineNanos;
    private long repeatNanos;
    /** Promised, and no longer has all that this node lacks. */
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
        ownPromisePoint = state.outbox.writtenPoint();
        for (long slot = state.acceptor.commit() + 1;
                slot <= state.acceptor.log().last();
                slot++) {
            adoption.offer(state.acceptor.log().entry(slot));
        }
        state.outbox.event(new Event.Preparing(ballot));
        deadlineNanos = state.electionDeadlineNanos();
        askAll();
    }

    @Override
    void persisted() {
        if (!ownPromiseDurable && state.outbox.durablePoint() >= ownPromisePoint) {
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
            state.outbox.event(new Event.SteppedDown(ballot, "too few promises"));
            state.follow(ballot, null);
        } else if (state.nowNanos() >= repeatNanos) {
            handOver();
            askAll();
        }
    }

    /** Once: whether the other cannot lead either, or is not heard by those who would have to promise, is not known here. */
    private void handOver() {
        if (ahead != null && !handedOver) {
            handedOver = true;
            state.outbox.sendNow(ahead, new Message.TakeOver(ballot));
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
        tellings.values().forEach(telling -> telling.skipTo(commit + 1));
        deadlineNanos = state.electionDeadlineNanos();
        askAll();
        leadIfElected();
    }

    private void promised(NodeId from, Message.Promise promise) {
        Telling telling = tellings.get(from);
        if (telling == null || telling.complete || promise.from() != telling.next) {
            return;
        }
        state.heard();
        if (!state.rules.promiseCounts(promise)) {
            ahead = from;
            state.fetch.from(from, ballot);
            return;
        }
        adoption.offer(promise.entries());
        telling.next += promise.entries().size();
        telling.complete = telling.next > promise.last();
        telling.commit = promise.commit();
        deadlineNanos = state.electionDeadlineNanos();
        if (!telling.complete) {
            ask(from, telling);
        }
        leadIfElected();
    }

    private void askAll() {
        repeatNanos = state.nowNanos() + state.configuration.heartbeatInterval().toNanos();
        for (Membership membership : memberships()) {
            for (NodeId voter : membership.voters()) {
                if (!voter.equals(state.self)) {
                    ask(voter, tellings.computeIfAbsent(voter, _ -> new Telling(state.acceptor.commit() + 1)));
                }
            }
        }
    }

    private void ask(NodeId voter, Telling telling) {
        state.outbox.sendAfter(voter, new Message.Prepare(ballot, telling.next), ownPromisePoint);
    }

    /**
     * All whose quorum must have promised: those who decide on the first slot above the commit index, and those who do so after
     * each change of members that may be decided above it. A change that is void where it stands names no member.
     */
    private List<Membership> memberships() {
        List<Membership> memberships = new ArrayList<>();
        Electorate electorate = state.acceptor.electorate();
        memberships.add(electorate.membership());
        for (Entry entry : adoption.entries()) {
            Electorate next = state.rules.electorateAfter(electorate, entry);
            if (!next.equals(electorate)) {
                electorate = next;
                memberships.add(next.membership());
            }
        }
        return memberships;
    }

    private void leadIfElected() {
        if (state.role() != this || state.acceptor.isInstalling()) {
            return;
        }
        SortedSet<NodeId> promisers = new TreeSet<>();
        tellings.forEach((node, telling) -> {
            if (telling.complete) {
                promisers.add(node);
            }
        });
        if (ownPromiseDurable) {
            promisers.add(state.self);
        }
        for (Membership membership : memberships()) {
            if (!state.rules.quorum().isReached(membership.voters(), promisers::contains)) {
                return;
            }
        }
        if (!ownPromiseDurable) {
            return;
        }
        long decided = state.acceptor.commit();
        for (Telling telling : tellings.values()) {
            if (telling.complete) {
                decided = Math.max(decided, telling.commit);
            }
        }
        state.become(new Leader(state, ballot, adoption.entries(), decided));
    }

    /** How far a promiser has told what it accepted. */
    private static final class Telling {

        private long next;
        private boolean complete;
        private long commit;

        private Telling(long next) {
            this.next = next;
        }

        private void skipTo(long slot) {
            next = Math.max(next, slot);
        }
    }
}
