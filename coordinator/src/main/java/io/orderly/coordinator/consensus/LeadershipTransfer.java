package io.orderly.coordinator.consensus;

/**
 * A leader's attempt to transfer its leadership.
 *
 * @param deadlineNanos when the attempt ends
 */
record LeadershipTransfer(long token, NodeId target, long deadlineNanos) {}
