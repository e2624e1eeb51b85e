package io.orderly.coordinator.consensus;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Asks whether an election would be welcome, and whether this node is the one to stand: not if it would need a snapshot of a node that
 * could lead at once. Changes nothing durable, neither here nor elsewhere.
 */
final class Prober extends Role {

    private final Ballot ballot;
    private final SortedSet<NodeId> welcoming = new TreeSet<>();
    private long deadlineNanos;

    Prober(ReplicaState state) {
        super(state);
        ballot = state.nextBallot();
    }

    @Override
    Status.Role name() {
        return Status.Role.PROBING;
    }

    @Override
    Ballot ballot() {
        return ballot;
    }

    @Override
    void enter() {
        state.outbox.event(new Event.Probing(ballot, "heard no leader"));
        deadlineNanos = state.electionDeadlineNanos();
        welcoming.add(state.self);
        for (NodeId voter : state.acceptor.membership().voters()) {
            if (!voter.equals(state.self)) {
                state.outbox.sendNow(voter, new Message.Probe(ballot));
            }
        }
        standIfWelcome();
    }

    @Override
    void answered(NodeId from, Message answer) {
        if (answer instanceof Message.ProbeAnswer probed) {
            state.seen(probed.promised());
            if (state.rules.welcomeCounts(probed, state.acceptor.commit())) {
                welcoming.add(from);
                standIfWelcome();
            }
        }
    }

    @Override
    void tick() {
        if (state.nowNanos() >= deadlineNanos) {
            state.become(state.canStand() ? new Prober(state) : new Follower(state, Ballot.ZERO, null));
        }
    }

    private void standIfWelcome() {
        if (state.rules.quorum().isReached(state.acceptor.membership().voters(), welcoming::contains)) {
            state.become(new Candidate(state));
        }
    }
}
