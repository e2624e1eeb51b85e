package io.orderly.coordinator.consensus;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Asks for pre-votes before it becomes a candidate. It gets none from a node whose snapshot it would need and that could lead
 * itself. Nothing durable changes on any node.
 */
final class PreCandidate extends Role {

    private final Ballot ballot;
    private final SortedSet<NodeId> preVotes = new TreeSet<>();
    private long deadlineNanos;

    PreCandidate(ReplicaState state) {
        super(state);
        ballot = state.nextBallot();
    }

    @Override
    Status.Role name() {
        return Status.Role.PRE_CANDIDATE;
    }

    @Override
    Ballot ballot() {
        return ballot;
    }

    @Override
    void enter() {
        state.effects.event(new ReplicaEvent.PreVoting(ballot, "no message from a leader"));
        deadlineNanos = state.electionDeadlineNanos();
        preVotes.add(state.self);
        for (NodeId voter : state.acceptor.membership().voters()) {
            if (!voter.equals(state.self)) {
                state.effects.sendNow(voter, new Message.PreVote(ballot));
            }
        }
        campaignIfGranted();
    }

    @Override
    void answered(NodeId from, Message answer) {
        if (answer instanceof Message.PreVoteResponse probed) {
            state.seen(probed.promised());
            if (state.rules.preVoteCounts(probed, state.acceptor.commit())) {
                preVotes.add(from);
                campaignIfGranted();
            }
        }
    }

    @Override
    void tick() {
        if (state.nowNanos() >= deadlineNanos) {
            state.become(state.canCampaign() ? new PreCandidate(state) : new Follower(state, Ballot.ZERO, null));
        }
    }

    private void campaignIfGranted() {
        if (state.rules.quorum().isReached(state.acceptor.membership().voters(), preVotes::contains)) {
            state.become(new Candidate(state));
        }
    }
}
