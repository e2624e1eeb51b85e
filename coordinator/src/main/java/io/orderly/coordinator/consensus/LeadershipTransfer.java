package io.orderly.coordinator.consensus;

/**
 * A leader's attempt to hand over.
 *
 * @param deadlineNanos when it is given up
 */
record LeadershipTransfer(long token, NodeId target, long deadlineNanos) {}
