package io.orderly.coordinator.lease;

import io.orderly.coordinator.store.Lease;

/** A lease with its deadline on the leader's clock. */
final class TimedLease {

    /** A shorter remaining time is not checkpointed. */
    static final long LEAST_CHECKPOINT_MILLIS = 1_000;

    static final long NO_TIMER = Long.MIN_VALUE;

    private final long marginMillis;
    private Lease replicated;
    private long deadlineMillis;

    /** A checkpoint is under way. A later leader may give the lease only that much time. */
    private boolean isCheckpointing;

    /** Its time has passed, and its end is not decided yet. */
    private boolean isEnding;

    private int expiriesUnderWay;

    private long timerMillis = NO_TIMER;

    /** @param marginMillis the time that may have passed since the last tick */
    TimedLease(Lease replicated, long nowMillis, long marginMillis) {
        this.marginMillis = marginMillis;
        this.replicated = replicated;
        deadlineMillis = endOf(replicated.remainingMillis(), nowMillis);
    }

    /** One millisecond is added, since the clock is truncated to milliseconds. */
    private static long endOf(long fromNowMillis, long nowMillis) {
        return nowMillis + fromNowMillis + 1;
    }

    long id() {
        return replicated.id();
    }

    long ttlMillis() {
        return replicated.ttlMillis();
    }

    long remainingMillis(long nowMillis) {
        return Math.max(0, deadlineMillis - nowMillis - 1);
    }

    /** The store has a new remaining time. If it is not the full time, it is a checkpoint and does not change the deadline. */
    void promised(Lease lease, long nowMillis) {
        replicated = lease;
        if (lease.remainingMillis() == lease.ttlMillis()) {
            renew(nowMillis);
        }
    }

    void renew(long nowMillis) {
        deadlineMillis = Math.max(deadlineMillis, endOf(ttlMillis(), nowMillis));
    }

    /** Whether any later leader would give it its full time, so that a renewal needs no command. */
    boolean canBeRenewedHere() {
        return replicated.remainingMillis() == replicated.ttlMillis() && !isCheckpointing && expiriesUnderWay == 0;
    }

    /** The deadline was counted from the last tick, so it may be too early by the margin. */
    private long endMillis() {
        return deadlineMillis + marginMillis;
    }

    /** The time that a later leader must give it, to keep all promises. */
    long guaranteedMillis(long nowMillis) {
        return endMillis() - nowMillis;
    }

    boolean isExpired(long nowMillis) {
        return nowMillis >= endMillis();
    }

    boolean isCheckpointDue(long nowMillis, long everyMillis) {
        return !isCheckpointing && !isEnding && nowMillis >= checkpointMillis(everyMillis);
    }

    /** When its timer must expire next. */
    long nextMillis(long everyMillis) {
        return isCheckpointing ? endMillis() : Math.min(endMillis(), checkpointMillis(everyMillis));
    }

    private long checkpointMillis(long everyMillis) {
        long left = replicated.remainingMillis() - Math.min(replicated.remainingMillis() / 2, everyMillis);
        return left < LEAST_CHECKPOINT_MILLIS ? Long.MAX_VALUE : deadlineMillis - left - 1;
    }

    void checkpointing(boolean underWay) {
        isCheckpointing = underWay;
    }

    void ending(boolean underWay) {
        isEnding = underWay;
    }

    boolean isEnding() {
        return isEnding;
    }

    /** A command that expires it is under way, until {@link #expiryOver}. */
    void expiryProposed() {
        expiriesUnderWay++;
    }

    void expiryOver() {
        expiriesUnderWay--;
    }

    long timerMillis() {
        return timerMillis;
    }

    void timerMillis(long atMillis) {
        timerMillis = atMillis;
    }
}
