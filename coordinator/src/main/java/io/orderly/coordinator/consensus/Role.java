package io.orderly.coordinator.consensus;

import org.jspecify.annotations.Nullable;

/** The behaviour of a replica in one role. A role object exists for one ballot. */
abstract sealed class Role permits Follower, PreCandidate, Candidate, Leader {

    final ReplicaState state;

    Role(ReplicaState state) {
        this.state = state;
    }

    abstract Status.Role name();

    /** The ballot under which it leads, campaigns or follows. */
    abstract Ballot ballot();

    /** The known leader. */
    @Nullable NodeId leader() {
        return null;
    }

    /** Proposals under way. */
    int undecided() {
        return 0;
    }

    void enter() {}

    /** Another role takes over. */
    void leave(Role next) {}

    abstract void tick();

    /** A response to a message that this role sent under its ballot. */
    void answered(NodeId from, Message answer) {}

    void persisted() {}

    /** A snapshot was installed. */
    void snapshotInstalled() {}

    /** A part of a snapshot arrived. */
    void snapshotProgressed() {}

    void propose(Input.Propose request) {
        refuse(request.token());
    }

    void change(Input.ChangeMembership request) {
        refuse(request.token());
    }

    void read(Input.Read request) {
        refuse(request.token());
    }

    void transfer(Input.TransferLeadership request) {
        refuse(request.token());
    }

    /** All inputs of the step are handled: sends what is sent once per step. */
    void endStep() {}

    private void refuse(long token) {
        state.effects.refuse(token, new Refusal.NotLeader(leader()));
    }
}
