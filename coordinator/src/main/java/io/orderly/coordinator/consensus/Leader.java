package io.orderly.coordinator.consensus;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proposes under a ballot that a quorum has promised: first the adopted entries, then commands. */
final class Leader extends Role {

    private final Ballot ballot;
    private final List<Entry> adopted;
    private final long decidedByPromisers;
    private final long settled;
    private final Followers followers;
    private final Deque<Written> written = new ArrayDeque<>();
    private final PendingProposals proposals;
    private final ReadRounds reads;
    private long durableMatch;
    private long writtenMatch;
    private long heartbeatNanos;
    private long changeSlot;

    /**
     * The slot after the last decided membership change: a node that has it durably also knows durably that the change is decided.
     */
    private long confirmationSlot;

    private @Nullable Change change;
    private @Nullable LeadershipTransfer transfer;

    /**
     * @param adopted the entries to be proposed, from the first slot above the commit index
     * @param decided the highest commit index of the promises
     */
    Leader(ReplicaState state, Ballot ballot, List<Entry> adopted, long decided) {
        super(state);
        this.ballot = ballot;
        this.adopted = adopted;
        decidedByPromisers = decided;
        settled = state.acceptor.commit() + adopted.size();
        followers = new Followers(state, ballot, settled);
        proposals = new PendingProposals(state.settings);
        reads = new ReadRounds(state.rules);
    }

    @Override
    Status.Role name() {
        return Status.Role.LEADER;
    }

    @Override
    Ballot ballot() {
        return ballot;
    }

    @Override
    NodeId leader() {
        return state.self;
    }

    @Override
    int undecided() {
        return proposals.size() + (change == null ? 0 : 1);
    }

    @Override
    void enter() {
        state.fetch.stop();
        long commitBefore = state.acceptor.commit();
        for (Entry entry : adopted) {
            state.acceptor.accept(new Entry(entry.slot(), ballot, entry.payload()));
        }
        durableMatch = commitBefore;
        writtenMatch = commitBefore;
        state.effects.event(new ReplicaEvent.BecameLeader(
                ballot, settled - Math.max(decidedByPromisers, commitBefore), decidedByPromisers));
        commitTo(Math.max(decidedByPromisers, commitBefore));
        followers.track(reads.begun());
        heartbeat();
    }

    @Override
    void leave(Role next) {
        proposals.clear(token -> state.effects.outcome(new ReplicaOutcome.Unknown(token)));
        reads.clear(token -> state.effects.refuse(token, new Refusal.NotLeader(next.leader())));
        if (change != null) {
            state.effects.outcome(new ReplicaOutcome.Unknown(change.token));
        }
        if (transfer != null) {
            Ballot highest = state.highestSeen();
            boolean isTaken = highest.compareTo(ballot) > 0
                    && highest.node() == transfer.target().value();
            state.effects.outcome(
                    isTaken
                            ? new ReplicaOutcome.HandedOver(transfer.token())
                            : new ReplicaOutcome.Unknown(transfer.token()));
        }
    }

    @Override
    void propose(Input.Propose request) {
        ConsensusSettings limits = state.settings;
        int size = request.command().length;
        if (size > limits.maxCommandBytes()) {
            state.effects.refuse(request.token(), new Refusal.TooLarge(size, limits.maxCommandBytes()));
        } else if (transfer != null) {
            state.effects.refuse(request.token(), new Refusal.Transferring());
        } else if (request.origin() == Origin.CLIENT && !proposals.hasRoom(size)) {
            state.effects.refuse(request.token(), new Refusal.Overloaded());
        } else {
            proposals.add(request.token(), append(new Payload.Command(request.command())), size);
        }
    }

    @Override
    void change(Input.ChangeMembership request) {
        Refusal refusal = transfer != null ? new Refusal.Transferring() : refusalOf(request.request());
        if (refusal != null) {
            state.effects.refuse(request.token(), refusal);
            return;
        }
        EffectiveMembership effectiveMembership = state.acceptor.effectiveMembership();
        change = new Change(request.token());
        if (effectiveMembership.membership().isDone(request.request())) {
            confirmationSlot = append(new Payload.NoOp());
        } else {
            changeSlot = append(new Payload.MembershipChange(
                    effectiveMembership.slot(), effectiveMembership.membership().after(request.request())));
        }
    }

    @Override
    void read(Input.Read request) {
        if (request.origin() == Origin.CLIENT && reads.size() >= state.settings.maxWaitingReads()) {
            state.effects.refuse(request.token(), new Refusal.Overloaded());
        } else {
            reads.add(request.token());
        }
    }

    @Override
    void transfer(Input.TransferLeadership request) {
        NodeId target = request.target();
        if (transfer != null) {
            state.effects.refuse(request.token(), new Refusal.ChangeInProgress());
        } else if (target.equals(state.self) || !state.acceptor.membership().isVoter(target)) {
            state.effects.refuse(request.token(), new Refusal.Invalid("%s is not another voter".formatted(target)));
        } else {
            long timeoutNanos = state.settings.electionTimeout().toNanos();
            transfer = new LeadershipTransfer(request.token(), target, state.nowNanos() + timeoutNanos);
            offerTakeOver();
        }
    }

    @Override
    void answered(NodeId from, Message answer) {
        Progress follower = followers.get(from);
        if (follower == null) {
            return;
        }
        follower.heard(state.nowNanos());
        switch (answer) {
            case Message.Accepted(Ballot _, long match) -> {
                if (match <= state.acceptor.log().last()) {
                    follower.accepted(match);
                    offerTakeOver();
                }
            }
            case Message.LogGap(Ballot _, long received) -> follower.gap(received);
            case Message.HeartbeatResponse(Ballot _, long round, long received, boolean repairing) -> {
                follower.at(Math.min(received, state.acceptor.log().last()), round);
                if (repairing && received >= state.acceptor.log().last() && transfer == null) {
                    append(new Payload.NoOp());
                }
            }
            default -> {}
        }
    }

    @Override
    void persisted() {
        while (!written.isEmpty() && written.peekFirst().point <= state.effects.durablePoint()) {
            durableMatch = written.removeFirst().last;
        }
    }

    @Override
    void tick() {
        long now = state.nowNanos();
        if (!state.rules.quorum().isReached(state.acceptor.membership().voters(), this::isHeard)) {
            stepDown("no quorum responded");
            return;
        }
        if (state.isDiskHanging()) {
            stepDown("the disk completes no write");
            return;
        }
        if (transfer != null && now >= transfer.deadlineNanos()) {
            state.effects.refuse(transfer.token(), new Refusal.TransferTimedOut(transfer.target()));
            transfer = null;
        }
        followers.tick();
        if (now >= heartbeatNanos) {
            heartbeat();
            offerTakeOver();
        }
    }

    @Override
    void endStep() {
        decide();
        long last = state.acceptor.log().last();
        if (last > writtenMatch) {
            writtenMatch = last;
            written.addLast(new Written(state.effects.writtenPoint(), last));
        }
        if (state.acceptor.commit() >= Math.max(settled, confirmationSlot)
                && !state.acceptor.membership().isVoter(state.self)) {
            retire();
            return;
        }
        confirmReads();
        if (reads.isRoundDue()) {
            heartbeat();
            confirmReads();
        }
        followers.replicate();
        followers.notifyCommit();
    }

    private long append(Payload payload) {
        long slot = state.acceptor.log().last() + 1;
        state.acceptor.accept(new Entry(slot, ballot, payload));
        return slot;
    }

    /** Moves the commit index to the high-water mark of the quorum. */
    private void decide() {
        Acceptor acceptor = state.acceptor;
        long reached = reachedByQuorum();
        while (reached > acceptor.commit()) {
            long change = state.rules.countsBeyondChange() ? 0 : changeUpTo(reached);
            Membership before = acceptor.membership();
            commitTo(change == 0 ? reached : change);
            if (!acceptor.membership().equals(before)) {
                followers.track(reads.begun());
                confirmationSlot = append(new Payload.NoOp());
            }
            reached = reachedByQuorum();
        }
        answerChange();
    }

    /**
     * The outcome of a change is reported when the slot after it is decided. The message with that slot also says that the change
     * is decided, and a node records both with the same fsync. So a quorum of the new members knows of it durably, and no crash
     * restores the old members.
     */
    private void answerChange() {
        boolean isConfirmed = confirmationSlot > changeSlot && state.acceptor.commit() >= confirmationSlot;
        if (change != null && isConfirmed) {
            state.effects.outcome(new ReplicaOutcome.Applied(change.token, confirmationSlot));
            change = null;
        }
    }

    private long reachedByQuorum() {
        return Math.min(
                state.acceptor.log().last(),
                state.rules.quorum().highWaterMark(state.acceptor.membership().voters(), this::matchOf));
    }

    /** The first undecided change of members up to a slot; 0 if there is none. */
    private long changeUpTo(long slot) {
        for (long at = state.acceptor.commit() + 1; at <= Math.min(slot, settled); at++) {
            if (isChange(at)) {
                return at;
            }
        }
        return changeSlot > state.acceptor.commit() && changeSlot <= slot ? changeSlot : 0;
    }

    private boolean isChange(long slot) {
        return state.acceptor.log().entry(slot).payload() instanceof Payload.MembershipChange;
    }

    private void commitTo(long slot) {
        state.acceptor.commitTo(slot);
        proposals.decided(slot, state.effects);
    }

    private long matchOf(NodeId voter) {
        if (voter.equals(state.self)) {
            return state.rules.leaderMatch(durableMatch, state.acceptor.log().last());
        }
        return followers.match(voter);
    }

    private boolean isHeard(NodeId voter) {
        return voter.equals(state.self) || followers.isHeardRecently(voter);
    }

    private void heartbeat() {
        heartbeatNanos = state.nowNanos() + state.settings.heartbeatInterval().toNanos();
        followers.heartbeat(reads.begin());
    }

    private void confirmReads() {
        reads.confirm(state.rules
                .quorum()
                .highWaterMark(
                        state.acceptor.membership().voters(),
                        voter -> voter.equals(state.self) ? reads.begun() : followers.round(voter)));
        if (state.rules.canServeReads(state.acceptor.commit(), settled)) {
            long commit = state.acceptor.commit();
            reads.release(token -> state.effects.outcome(new ReplicaOutcome.Readable(token, commit)));
        }
    }

    private @Nullable Refusal refusalOf(MembershipRequest request) {
        Acceptor acceptor = state.acceptor;
        if (acceptor.commit() < Math.max(settled, Math.max(changeSlot, confirmationSlot))) {
            return new Refusal.ChangeInProgress();
        }
        if (acceptor.membership().isDone(request)) {
            return null;
        }
        String objection = acceptor.membership().rejectionReason(request);
        if (objection != null) {
            return new Refusal.Invalid(objection);
        }
        if (request instanceof MembershipRequest.Promote(NodeId learner)) {
            long lag = acceptor.log().last() - followers.match(learner);
            return lag > state.settings.maxLearnerLag() ? new Refusal.NotCaughtUp(learner, lag) : null;
        }
        return null;
    }

    /** Asks the target to take over once it has all entries. */
    private void offerTakeOver() {
        if (transfer != null) {
            Progress target = followers.get(transfer.target());
            if (target != null && target.match() == state.acceptor.log().last()) {
                state.effects.sendNow(transfer.target(), new Message.TakeOver(ballot));
            }
        }
    }

    /** The leader has been removed: it sends a last heartbeat, and asks the voter with the highest match index to take over. */
    private void retire() {
        heartbeat();
        NodeId successor = null;
        for (NodeId voter : state.acceptor.membership().voters()) {
            if (successor == null || matchOf(voter) > matchOf(successor)) {
                successor = voter;
            }
        }
        if (successor != null) {
            state.effects.sendNow(successor, new Message.TakeOver(ballot));
        }
        stepDown("it is no longer a voter");
    }

    private void stepDown(String reason) {
        state.effects.event(new ReplicaEvent.SteppedDown(ballot, reason));
        state.follow(ballot, null);
    }

    /** A membership change under way. */
    private record Change(long token) {}

    /** Slots up to {@code last} are durable here once the persist point is. */
    private record Written(long point, long last) {}
}
