package io.orderly.coordinator.consensus;

import org.jspecify.annotations.Nullable;

/** What a replica does beyond remembering, while it is in this role. A role lives for one ballot; the next one is a new object. */
abstract sealed class Role permits Follower, PreCandidate, Candidate, Leader {

    final ReplicaState state;

    Role(ReplicaState state) {
        this.state = state;
    }

    abstract Status.Role name();

    /** Under which it leads, stands or obeys. */
    abstract Ballot ballot();

    /** Who leads, as far as this role knows. */
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

    /** An answer to what this role said under its ballot. */
    void answered(NodeId from, Message answer) {}

    void persisted() {}

    /** A snapshot was put in place of what this node had. */
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

    /** The inputs of a step are through: say what is to be said about all of them together. */
    void endStep() {}

    private void refuse(long token) {
        state.outbox.refuse(token, new Refusal.NotLeader(leader()));
    }
}
