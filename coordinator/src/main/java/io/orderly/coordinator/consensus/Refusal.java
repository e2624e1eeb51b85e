package io.orderly.coordinator.consensus;

import org.jspecify.annotations.Nullable;

/** Why a request was refused. It has had no effect and will have none. */
public sealed interface Refusal {

    /** @param leader the node to ask instead; null if this node knows none */
    record NotLeader(@Nullable NodeId leader) implements Refusal {}

    /** A queue is full. Retry later, at a lower rate. */
    record Overloaded() implements Refusal {}

    /** The disk of the leader, or of too many voters, is nearly full: what adds data is refused. */
    record DiskFull() implements Refusal {}

    /** The state of this node, or of others, is not what the log leads to. */
    record StateCorrupt() implements Refusal {}

    /** @param limitBytes the most that a command may have */
    record TooLarge(int sizeInBytes, int limitBytes) implements Refusal {}

    /** This node is transferring its leadership. Retry soon. */
    record Transferring() implements Refusal {}

    /** One membership change or transfer at a time, and none before the leader has decided its adopted slots. */
    record ChangeInProgress() implements Refusal {}

    /** @param lagSlots what the node still lacks */
    record NotCaughtUp(NodeId node, long lagSlots) implements Refusal {}

    /** @param reason for people */
    record Invalid(String reason) implements Refusal {}

    /** The target did not take over in time; this node still leads. */
    record TransferTimedOut(NodeId target) implements Refusal {}
}
