package io.orderly.order.timeline.web;

/**
 * The number of the last entry that a client has seen.
 *
 * @param seq 0 if it has seen none
 */
record LastEventId(int seq) {

    static final String HEADER = "Last-Event-ID";

    /** @throws IllegalArgumentException if no stream has ever sent such an id */
    public static LastEventId of(String text) {
        try {
            int seq = Integer.parseInt(text);
            if (seq >= 0) {
                return new LastEventId(seq);
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException("is no id of an event of this stream");
    }
}
