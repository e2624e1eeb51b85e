package io.orderly.coordinator.consensus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows the leader of a ballot, or the candidate that it promised it to, until it receives nothing from either for too long. */
final class Follower extends Role {

    private final Ballot ballot;
    private @Nullable NodeId leader;
    private long match;

    /** As the leader has told it. A message that tells it can arrive before the entries that it is about. */
    private long leaderCommit;

    private long deadlineNanos;
    private boolean answerDue;

    Follower(ReplicaState state, Ballot ballot, @Nullable NodeId leader) {
        super(state);
        this.ballot = ballot;
        this.leader = leader;
    }

    @Override
    Status.Role name() {
        return Status.Role.FOLLOWER;
    }

    @Override
    Ballot ballot() {
        return ballot;
    }

    @Override
    @Nullable NodeId leader() {
        return leader;
    }

    @Override
    void enter() {
        match = state.acceptor.match(ballot, 0);
        deadlineNanos = state.electionDeadlineNanos();
    }

    /** A message of the leader, or of a candidate that got the promise, arrived. */
    void hear(@Nullable NodeId from) {
        state.heard();
        deadlineNanos = state.electionDeadlineNanos();
        if (from != null && leader == null) {
            leader = from;
            state.effects.event(new ReplicaEvent.Following(ballot, from));
        }
    }

    void accept(NodeId from, Message.Accept accept) {
        long first = accept.first();
        if (first > match + 1) {
            state.effects.sendNow(from, new Message.LogGap(ballot, match));
        } else {
            List<Payload> payloads = accept.payloads();
            for (long slot = first; slot <= accept.last(); slot++) {
                Entry entry = new Entry(slot, ballot, payloads.get((int) (slot - first)));
                if (slot <= match) {
                    checkSame(entry);
                } else {
                    state.acceptor.accept(entry);
                    match = state.acceptor.match(ballot, slot);
                }
            }
            answerDue = true;
        }
        applyMarks(from, accept.marks());
    }

    void heartbeat(NodeId from, Message.Heartbeat heartbeat) {
        applyMarks(from, heartbeat.marks());
        boolean repairing = !state.acceptor.log().corruptSlots().isEmpty();
        state.effects.sendNow(from, new Message.HeartbeatResponse(ballot, heartbeat.round(), match, repairing));
    }

    void decided(NodeId from, Message.Decided decided) {
        applyMarks(from, decided.marks());
    }

    void takeOver() {
        if (state.canCampaign()) {
            state.become(new Candidate(state));
        }
    }

    @Override
    void tick() {
        if (state.nowNanos() >= deadlineNanos && !state.acceptor.isInstalling()) {
            deadlineNanos = state.electionDeadlineNanos();
            if (state.canCampaign()) {
                state.become(new PreCandidate(state));
            }
        }
    }

    @Override
    void snapshotInstalled() {
        match = state.acceptor.match(ballot, match);
        answerDue = true;
    }

    @Override
    void endStep() {
        if (answerDue && leader != null) {
            state.effects.sendOnceDurable(leader, new Message.Accepted(ballot, match));
        }
        answerDue = false;
    }

    private void applyMarks(NodeId from, Message.LeaderMarks marks) {
        Acceptor acceptor = state.acceptor;
        leaderCommit = Math.max(leaderCommit, marks.commit());
        long commit = Math.max(state.rules.followerCommit(leaderCommit, match), acceptor.decidedHere(match));
        if (commit > acceptor.commit()) {
            acceptor.commitTo(commit);
        }
        acceptor.cutDeadTail(ballot, marks.settled());
        if (match < marks.lowWaterMark()) {
            state.fetch.from(from, ballot);
        } else {
            state.fetch.stop();
        }
    }

    /** A repeated entry must equal the one that is there, if it has not been deleted. */
    private void checkSame(Entry entry) {
        Entry here = state.acceptor.log().get(entry.slot());
        Invariant known =
                entry.slot() <= state.acceptor.commit() ? Invariant.DECIDED_STAYS : Invariant.ONE_VALUE_PER_BALLOT;
        known.check(here == null || here.payload().equals(entry.payload()), () -> "%s over %s".formatted(entry, here));
    }
}
