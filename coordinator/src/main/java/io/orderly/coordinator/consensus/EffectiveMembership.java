package io.orderly.coordinator.consensus;

/**
 * A membership, and the slot of the change that made it effective. Since a slot has one decided value, the slot identifies the
 * membership: a change names the slot of the membership on which it is based.
 *
 * @param slot of the change that named the members; 0 for the initial members of the cluster
 * @param membership that decides the slots after it
 */
public record EffectiveMembership(long slot, Membership membership) {

    /** @throws IllegalArgumentException if the slot is negative */
    public EffectiveMembership {
        if (slot < 0) {
            throw new IllegalArgumentException("no electorate: slot %d, membership %s".formatted(slot, membership));
        }
    }

    /** The initial members of a cluster. */
    public static EffectiveMembership initial(Membership membership) {
        return new EffectiveMembership(0, membership);
    }

    @Override
    public String toString() {
        return "%s since slot %d".formatted(membership, slot);
    }
}
