package io.orderly.coordinator.consensus;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How far a leader has come with one follower: {@code match < next}, and the batches in flight end before {@code next}, in order.
 * Only one who restarted and forgot how much of its log is decided is sent again what lies below {@code match}.
 *
 * <p>As long as all goes well, batches follow each other without waiting, up to a limit. After a loss one batch at a time is
 * tried, until an answer shows where the follower is.
 */
final class Progress {

    private final int maxInFlight;
    private final Deque<Batch> inFlight = new ArrayDeque<>();
    private long match;
    private long next;
    private boolean probing;
    private long heardNanos;
    private long round;

    /** What is lost on the way is repeated by the next heartbeat. */
    private long notifiedCommit;

    /**
     * @param next the first slot to send
     * @param probing whether that is a guess
     */
    Progress(int maxInFlight, long next, boolean probing, long nowNanos) {
        this.maxInFlight = maxInFlight;
        this.next = next;
        this.probing = probing;
        heardNanos = nowNanos;
    }

    /** Up to this slot, all are decided or durable on the follower under the leader's ballot. Never goes down. */
    long match() {
        return match;
    }

    /** The first slot to send next. */
    long next() {
        return next;
    }

    /** The highest read round that the follower answered. */
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

    /** It is being told the commit index. */
    void notified(long commit) {
        notifiedCommit = Math.max(notifiedCommit, commit);
    }

    /** Whether it has slots of which it does not know yet that they are decided. */
    boolean needsCommitNotice(long commit) {
        return Math.min(commit, match) > notifiedCommit;
    }

    /** The follower is alive. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** The follower has everything up to a slot, durably. */
    void accepted(long upTo) {
        match = Math.max(match, upTo);
        probing = false;
        while (!inFlight.isEmpty() && inFlight.peekFirst().last <= match) {
            inFlight.removeFirst();
        }
        next = Math.max(next, match + 1);
    }

    /** The follower lacks what comes after a slot, unless that is just under way again. */
    void gap(long received) {
        Batch oldest = inFlight.peekFirst();
        boolean underWay = probing && oldest != null && oldest.first <= received + 1;
        if (received + 1 < next && !underWay) {
            goBack(received + 1);
        }
    }

    /** The follower says where it is. Heeded while nothing is under way that will tell better. */
    void at(long received, long answeredRound) {
        round = Math.max(round, answeredRound);
        if (inFlight.isEmpty()) {
            next = received + 1;
        }
    }

    /** Gives up on batches that went unanswered for too long, and begins again with the first of them. */
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
