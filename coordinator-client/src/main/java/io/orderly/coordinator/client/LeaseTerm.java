package io.orderly.coordinator.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The time until which a lease certainly exists. The members count from the execution of a request, which is after it was sent. So a client
 * that counts from sending, on a clock that is slower by no more than the allowed drift, treats the lease as lost before the members end
 * it.
 *
 * <p>It is treated as lost some time before that deadline, so that its holder can stop; it is never regained, although a response may
 * arrive later. Not thread-safe; the time is passed in.
 */
final class LeaseTerm {

    private static final int NOTICE_PART = 10;

    private final double drift;
    private final Map<Long, Long> sentNanos = new HashMap<>();
    private long requests;
    private long deadlineNanos;
    private long noticeNanos;
    private long renewAtNanos;
    private boolean ended;
    private boolean lost;

    /**
     * @param ttl that was granted
     * @param askedNanos when the first request for it was sent
     * @param drift the fraction by which the members' clocks may be faster
     */
    LeaseTerm(Duration ttl, long askedNanos, double drift) {
        this.drift = drift;
        deadlineNanos = askedNanos;
        extend(ttl, askedNanos);
    }

    /**
     * A renewal is sent.
     *
     * @return its number
     */
    long renewing(long nowNanos) {
        sentNanos.put(++requests, nowNanos);
        return requests;
    }

    /**
     * A renewal was answered, perhaps late, twice, or after a later one.
     *
     * @param ttl zero if there is no such lease any more
     */
    void renewed(long request, Duration ttl) {
        Long sent = sentNanos.remove(request);
        if (sent == null) {
            return;
        }
        if (ttl.isZero() || ttl.isNegative()) {
            ended = true;
        } else {
            extend(ttl, sent);
        }
    }

    /** A renewal was not answered. */
    void unanswered(long request) {
        sentNanos.remove(request);
    }

    /** Whether the lease is certainly alive, and not about to be lost. */
    boolean holds(long nowNanos) {
        return !lost && !ended && nowNanos - lossNanos() < 0;
    }

    /**
     * Treats the lease as lost if its deadline has passed.
     *
     * @return true once: the holder must be notified
     */
    boolean isLostNow(long nowNanos) {
        if (lost || holds(nowNanos)) {
            return false;
        }
        lost = true;
        return true;
    }

    /** How long after {@code nowNanos} the next renewal is due; zero or negative if it is due. */
    Duration untilRenewal(long nowNanos) {
        return Duration.ofNanos(renewAtNanos - nowNanos);
    }

    /** How long after {@code nowNanos} it is lost if it is not renewed; negative if it is lost. */
    Duration untilLoss(long nowNanos) {
        return Duration.ofNanos(lossNanos() - nowNanos);
    }

    private long lossNanos() {
        return deadlineNanos - noticeNanos;
    }

    private void extend(Duration ttl, long askedNanos) {
        long certain = (long) (ttl.toNanos() * (1 - drift));
        long deadline = askedNanos + certain;
        if (deadline - deadlineNanos >= 0) {
            deadlineNanos = deadline;
            noticeNanos = certain / NOTICE_PART;
            renewAtNanos = askedNanos + certain / 3;
        }
    }
}
