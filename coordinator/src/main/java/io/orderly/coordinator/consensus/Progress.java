package io.orderly.coordinator.consensus;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Replication progress of one follower: {@code match < next}, and the batches in flight end before {@code next}, in order. Slots
 * below {@code match} are sent again only to a follower that restarted and does not know how much of its log is decided.
 *
 * <p>Batches are pipelined up to a limit. After a loss, one batch at a time is sent until a response shows how far the follower is.
 */
final class Progress {

    private final int maxInFlight;
    private final Deque<Batch> inFlight = new ArrayDeque<>();
    private long match;
    private long next;
    private boolean probing;
    private long heardNanos;
    private long round;

    /** If the message is lost, the next heartbeat repeats it. */
    private long notifiedCommit;

    /**
     * @param next the first slot to send
     * @param probing whether that is an estimate
     */
    Progress(int maxInFlight, long next, boolean probing, long nowNanos) {
        this.maxInFlight = maxInFlight;
        this.next = next;
        this.probing = probing;
        heardNanos = nowNanos;
    }

    /** All slots up to this one are decided, or durable on the follower under the leader's ballot. It never decreases. */
    long match() {
        return match;
    }

    /** The first slot to send next. */
    long next() {
        return next;
    }

    /** The highest read round that the follower responded to. */
    long round() {
        return round;
    }

    long heardNanos() {
        return heardNanos;
    }

    boolean hasRoom() {
        return inFlight.size() < (probing ? 1 : maxInFlight);
    }

    int inFlight() {
        return inFlight.size();
    }

    void sent(long last, long nowNanos) {
        inFlight.addLast(new Batch(next, last, nowNanos));
        next = last + 1;
    }

    /** A message with the commit index is sent to it. */
    void notified(long commit) {
        notifiedCommit = Math.max(notifiedCommit, commit);
    }

    /** Whether it was sent decided slots, and no message that tells it that they are decided. */
    boolean needsCommitNotice(long commit) {
        return commit > notifiedCommit && commit < next;
    }

    /** The follower is alive. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** The follower has all slots up to this one durably. */
    void accepted(long upTo) {
        match = Math.max(match, upTo);
        probing = false;
        while (!inFlight.isEmpty() && inFlight.peekFirst().last <= match) {
            inFlight.removeFirst();
        }
        next = Math.max(next, match + 1);
    }

    /** The follower lacks the slots after this one, unless they are already being resent. */
    void gap(long received) {
        Batch oldest = inFlight.peekFirst();
        boolean underWay = probing && oldest != null && oldest.first <= received + 1;
        if (received + 1 < next && !underWay) {
            goBack(received + 1);
        }
    }

    /** The follower reports how far it is. Ignored while batches are in flight, whose responses are more precise. */
    void at(long received, long answeredRound) {
        round = Math.max(round, answeredRound);
        if (inFlight.isEmpty()) {
            next = received + 1;
        }
    }

    /** Resends from the first batch that was not acknowledged in time. */
    void resendAfter(long timeoutNanos, long nowNanos) {
        @Nullable Batch oldest = inFlight.peekFirst();
        if (oldest != null && nowNanos - oldest.sentNanos >= timeoutNanos) {
            goBack(Math.max(oldest.first, match + 1));
        }
    }

    private void goBack(long slot) {
        inFlight.clear();
        next = slot;
        probing = true;
    }

    private record Batch(long first, long last, long sentNanos) {}
}
