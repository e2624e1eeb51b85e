package io.orderly.coordinator.client;

/**
 * What a candidate is told. One method runs at a time, in order; one that does not return delays the next, so the work of a leader
 * belongs on a thread of its own, which asks {@link LeaderElection#isLeader}.
 */
public interface ElectionListener {

    /** This candidate leads. */
    void onElected(FencingToken token);

    /**
     * This candidate leads no more: its lease was lost, or it resigned. Follows each {@link #onElected} once, before another candidate
     * can lead if the lease was lost.
     */
    void onLost(FencingToken token);
}
