package io.orderly.coordinator.peer;

import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.store.StoreResponse;
import java.time.Duration;

/** The leader's reply to a {@link ForwardedRequest}. */
public sealed interface ForwardedReply {

    /**
     * @param slot of the command; the follower answers its client once it has applied it
     * @param response on the wire as {@link io.orderly.coordinator.store.ResponseCodec} encodes it
     */
    record Executed(long slot, StoreResponse response) implements ForwardedReply {}

    /** @param slot a state that contains it may be read */
    record ReadableAt(long slot) implements ForwardedReply {}

    /** @param ttlMillis the full time of the lease, which it has again */
    record KeptAlive(long ttlMillis) implements ForwardedReply {}

    /** @param remainingMillis until the lease ends without renewal */
    record TimeToLive(long remainingMillis, long ttlMillis) implements ForwardedReply {}

    record NoSuchLease() implements ForwardedReply {}

    record Allocated(TimestampRange range) implements ForwardedReply {}

    /** @param slot of the membership change */
    record MembershipChanged(long slot) implements ForwardedReply {}

    record LeadershipTransferred() implements ForwardedReply {}

    /** The request was refused without any effect. */
    record Refused(Refusal refusal) implements ForwardedReply {}

    /** The request had no effect; the leader can serve it later. */
    record RetryLater(Duration delay) implements ForwardedReply {}

    /** The request may have taken effect, or not. */
    record Unknown() implements ForwardedReply {}
}
