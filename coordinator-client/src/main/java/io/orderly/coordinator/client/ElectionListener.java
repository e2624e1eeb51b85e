package io.orderly.coordinator.client;

/**
 * Notifies a candidate. One method runs at a time, in order; a method that does not return delays the next one, so the work of a leader
 * belongs on a separate thread, which checks {@link LeaderElection#isLeader}.
 */
public interface ElectionListener {

    /** This candidate leads. */
    void onElected(FencingToken token);

    /**
     * This candidate no longer leads: its lease was lost, or it resigned. Follows each {@link #onElected} once, before another candidate
     * can lead if the lease was lost.
     */
    void onLost(FencingToken token);
}
