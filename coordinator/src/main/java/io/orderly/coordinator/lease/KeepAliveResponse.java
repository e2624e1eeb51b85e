package io.orderly.coordinator.lease;

/** The response to a keep-alive. It is always safe to repeat the request. */
public sealed interface KeepAliveResponse {

    /**
     * The lease lives at least this long, counted from when the client sent the request.
     *
     * @param ttlMillis its full time to live
     */
    record Renewed(long ttlMillis) implements KeepAliveResponse {}

    /** The lease has expired, was revoked, or never existed. */
    record Ended() implements KeepAliveResponse {}

    /** This request did not renew the lease: the node does not lead, or is overloaded. */
    record NotRenewed() implements KeepAliveResponse {}

    /** The lease may have been renewed, may yet be, or not; the client must not rely on it. */
    record Unknown() implements KeepAliveResponse {}
}
