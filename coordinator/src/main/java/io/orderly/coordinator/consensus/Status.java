package io.orderly.coordinator.consensus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replica at a glance, for people, metrics and the checks of tests.
 *
 * @param promised the highest ballot it knows to be promised by itself, perhaps not durable yet
 * @param ballot under which it leads or stands; else the one of its leader, or {@link Ballot#ZERO}
 * @param leader whom it follows, itself if it leads; null if it knows none
 * @param last the last slot in which it accepted anything
 * @param corruptSlots corrupt slots that wait for repair; until there are none it answers no {@link Message.Prepare}
 * @param undecided proposals under way here
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

    /** What a replica is doing. */
    public enum Role {
        /** Obeys a leader, or waits for one. */
        FOLLOWER,
        /** Asks whether an election would be welcome. */
        PRE_CANDIDATE,
        /** Collects promises. */
        CANDIDATE,
        LEADER
    }
}
