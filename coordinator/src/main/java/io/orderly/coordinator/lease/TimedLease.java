package io.orderly.coordinator.lease;

import io.orderly.coordinator.store.Lease;

/** A lease on the leader's clock. */
final class TimedLease {

    /** Less than this is not worth writing down. */
    static final long LEAST_CHECKPOINT_MILLIS = 1_000;

    static final long NO_TIMER = Long.MIN_VALUE;

    private final long marginMillis;
    private Lease replicated;
    private long deadlineMillis;

    /** Its remaining time is being written down. Until that is done, a later leader may give it only so much. */
    private boolean isCheckpointing;

    /** Its time was up, and nothing has come of that yet. */
    private boolean isEnding;

    private int expiriesUnderWay;

    private long timerMillis = NO_TIMER;

    /** @param marginMillis what may have passed since the last tick, which the clock does not know of yet */
    TimedLease(Lease replicated, long nowMillis, long marginMillis) {
        this.marginMillis = marginMillis;
        this.replicated = replicated;
        deadlineMillis = endOf(replicated.remainingMillis(), nowMillis);
    }

    /** A millisecond more, since the clock is cut to whole ones. */
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

    /** Takes note of what the store says. Less time than before is what was written down, and changes no deadline. */
    void promised(Lease lease, long nowMillis) {
        replicated = lease;
        if (lease.remainingMillis() == lease.ttlMillis()) {
            renew(nowMillis);
        }
    }

    void renew(long nowMillis) {
        deadlineMillis = Math.max(deadlineMillis, endOf(ttlMillis(), nowMillis));
    }

    /** Whether any later leader would give it all of its time, so that to promise that costs no command. */
    boolean canBeRenewedHere() {
        return replicated.remainingMillis() == replicated.ttlMillis() && !isCheckpointing && expiriesUnderWay == 0;
    }

    /** The deadline was counted from the last tick before what set it, and so may be too early by the margin. */
    private long endMillis() {
        return deadlineMillis + marginMillis;
    }

    /** What a later leader must give it, for all that was promised to be kept. */
    long guaranteedMillis(long nowMillis) {
        return endMillis() - nowMillis;
    }

    boolean isOver(long nowMillis) {
        return nowMillis >= endMillis();
    }

    boolean isCheckpointDue(long nowMillis, long everyMillis) {
        return !isCheckpointing && !isEnding && nowMillis >= checkpointMillis(everyMillis);
    }

    /** When something is to be done about it. */
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

    /** A command that ends it is under way, until {@link #expiryOver}. */
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
