package io.orderly.coordinator.consensus;

/**
 * A membership, and the slot that made it so. As a slot has one decided value, the slot stands for the membership: a change that names
 * it says on which membership it is based.
 *
 * @param slot of the change that named the members; 0 for those with whom the cluster began
 * @param membership who decides on the slots behind it
 */
public record EffectiveMembership(long slot, Membership membership) {

    /** @throws IllegalArgumentException if the slot is negative */
    public EffectiveMembership {
        if (slot < 0) {
            throw new IllegalArgumentException("no electorate: slot %d, membership %s".formatted(slot, membership));
        }
    }

    /** The members with whom a cluster begins. */
    public static EffectiveMembership initial(Membership membership) {
        return new EffectiveMembership(0, membership);
    }

    @Override
    public String toString() {
        return "%s since slot %d".formatted(membership, slot);
    }
}
