package io.orderly.coordinator.consensus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a replica, for logs, metrics and tests.
 *
 * @param promised the highest ballot that it has promised, perhaps not durable yet
 * @param ballot under which it leads or campaigns; else that of its leader, or {@link Ballot#ZERO}
 * @param leader the leader, this node if it leads; null if it knows none
 * @param last the last slot in which it accepted an entry
 * @param corruptSlots slots with corrupt entries that wait for repair
 * @param undecided pending proposals of this node
 */
public record Status(
        NodeId node,
        Role role,
        Ballot promised,
        Ballot ballot,
        @Nullable NodeId leader,
        long commit,
        long applied,
        long last,
        long lowWaterMark,
        Membership membership,
        List<Long> corruptSlots,
        int undecided) {

    /** As long as the state machine lags behind what it was passed. */
    public Status withApplied(long slot) {
        return new Status(
                node,
                role,
                promised,
                ballot,
                leader,
                commit,
                slot,
                last,
                lowWaterMark,
                membership,
                corruptSlots,
                undecided);
    }

    /** The role of a replica. */
    public enum Role {
        /** Follows a leader, or waits for one. */
        FOLLOWER,
        /** Collects pre-votes. */
        PRE_CANDIDATE,
        /** Collects promises. */
        CANDIDATE,
        LEADER
    }
}
