package io.orderly.gossip.member;

import java.util.Comparator;

/**
 * What some member says about another one's liveness.
 *
 * @param incarnation of the member that the claim is about; a record of a higher incarnation refutes the claim. From 0
 * @param liveness what is claimed
 */
public record Claim(long incarnation, Liveness liveness) implements Comparable<Claim> {

    /** Claims nothing: every other claim is higher. */
    public static final Claim NONE = new Claim(0, Liveness.ALIVE);

    private static final Comparator<Claim> ORDER =
            Comparator.comparingLong(Claim::incarnation).thenComparing(Claim::liveness);

    /** @throws IllegalArgumentException if the incarnation is negative */
    public Claim {
        if (incarnation < 0) {
            throw new IllegalArgumentException("The incarnation is negative: " + incarnation);
        }
    }

    @Override
    public int compareTo(Claim other) {
        return ORDER.compare(this, other);
    }
}
