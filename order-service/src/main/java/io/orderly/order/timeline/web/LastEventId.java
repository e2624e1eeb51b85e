package io.orderly.order.timeline.web;

/**
 * The number of the last entry that a client has received.
 *
 * @param seq 0 if it has received none
 */
record LastEventId(int seq) {

    static final String HEADER = "Last-Event-ID";

    /** @throws IllegalArgumentException if the text is not a non-negative integer */
    public static LastEventId of(String text) {
        try {
            int seq = Integer.parseInt(text);
            if (seq >= 0) {
                return new LastEventId(seq);
            }
        } catch (NumberFormatException _) {
            // reported below
        }
        throw new IllegalArgumentException("is not an event id of this stream");
    }
}
