package io.orderly.coordinator.lease;

/** What a client is told that wanted its lease renewed. To ask again is always safe. */
public sealed interface KeepAliveResponse {

    /**
     * The lease lives for this long at least, counted from when the client asked.
     *
     * @param ttlMillis all of its time
     */
    record Renewed(long ttlMillis) implements KeepAliveResponse {}

    /** It has expired, was revoked, or never was. */
    record Ended() implements KeepAliveResponse {}

    /** It was not renewed by this: the node does not lead, or has too much to do. */
    record NotRenewed() implements KeepAliveResponse {}

    /** It may have been renewed, or may yet be; the client may count on nothing. */
    record Unknown() implements KeepAliveResponse {}
}
