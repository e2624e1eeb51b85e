package io.orderly.gossip.protocol;

import java.util.List;

/**
 * The probe of a period.
 *
 * @param target the id of the probed member
 * @param incarnation that the target had at the start of the probe
 * @param nonce of the ping, and of the requests to others
 * @param helpers ids of the members that were asked to probe it as well; empty before the direct probe timed out
 * @param indirect whether the direct probe timed out
 */
record Probe(String target, long incarnation, long nonce, List<String> helpers, boolean indirect) {

    Probe(String target, long incarnation, long nonce) {
        this(target, incarnation, nonce, List.of(), false);
    }

    Probe askedOf(List<String> members) {
        return new Probe(target, incarnation, nonce, List.copyOf(members), true);
    }

    /** Whether it is an answer of the target, or of a member that was asked to probe it. */
    boolean isAnsweredBy(String member, long answered) {
        return answered == nonce && (member.equals(target) || helpers.contains(member));
    }
}
