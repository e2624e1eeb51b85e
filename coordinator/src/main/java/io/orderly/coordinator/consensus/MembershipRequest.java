package io.orderly.coordinator.consensus;

/**
 * A change of one member. Larger changes consist of these, decided one after the other. A node that lost
 * its disk is removed and added again under a new id.
 */
public sealed interface MembershipRequest {

    NodeId node();

    /**
     * Lets a new node receive the log without a vote, so that it delays no request while it catches up. Its id is higher than that of any
     * member before it.
     */
    record AddLearner(NodeId node) implements MembershipRequest {}

    /** Gives a learner its vote; refused while it is too far behind. */
    record Promote(NodeId node) implements MembershipRequest {}

    /**
     * Removes a voter or learner permanently; the last voter cannot be removed. A repeated request has the same outcome. After the outcome
     * is reported, the node may be switched off.
     */
    record Remove(NodeId node) implements MembershipRequest {}
}
