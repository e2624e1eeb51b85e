package io.orderly.coordinator.consensus;

import org.jspecify.annotations.Nullable;

/** Why a request was not taken. In each case it has had no effect and will have none. */
public sealed interface Refusal {

    /** @param leader whom to ask instead; null if this node knows none */
    record NotLeader(@Nullable NodeId leader) implements Refusal {}

    /** A queue is full. Try later, and slower. */
    record Overloaded() implements Refusal {}

    /** @param limitBytes the most that a command may have */
    record TooLarge(int sizeInBytes, int limitBytes) implements Refusal {}

    /** This node is handing over its leadership. Try again soon. */
    record Transferring() implements Refusal {}

    /** One change of members, or transfer, at a time; and none before the leader has decided what it adopted. */
    record ChangeInProgress() implements Refusal {}

    /** @param lagSlots what the node still lacks */
    record NotCaughtUp(NodeId node, long lagSlots) implements Refusal {}

    /** @param reason for people */
    record Invalid(String reason) implements Refusal {}

    /** The target did not take over in time; this node leads on. */
    record TransferTimedOut(NodeId target) implements Refusal {}
}
