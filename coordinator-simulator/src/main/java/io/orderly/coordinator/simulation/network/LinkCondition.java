package io.orderly.coordinator.simulation.network;

/**
 * The condition of one direction of a link.
 *
 * @param loss share of messages that never arrive; 1 is a cut
 * @param duplication share of messages that arrive twice
 * @param reordering whether a message may overtake those sent before it
 * @param delayMicrosMax upper bound of the transmission time
 */
public record LinkCondition(double loss, double duplication, boolean reordering, long delayMicrosMax) {

    /** Like one long-lived stream within a data centre. */
    public static final LinkCondition SOUND = new LinkCondition(0, 0, false, 1_500);

    public static final LinkCondition CUT = new LinkCondition(1, 0, false, 1_500);
}
