package io.orderly.gossip.member;

/**
 * All that is known of a member: an element of a join-semilattice, whose join is {@link #merge}.
 *
 * @param record the newest record that the member wrote
 * @param claim the highest claim about it; {@link Claim#NONE} in place of one that the record refutes, since it cannot matter again
 */
public record MemberState(MemberRecord record, Claim claim) {

    public MemberState {
        if (record.incarnation() > claim.incarnation()) {
            claim = Claim.NONE;
        }
    }

    /** @throws IllegalArgumentException if the result would be about two members */
    public MemberState merge(MemberState other) {
        if (!id().equals(other.id())) {
            throw new IllegalArgumentException("%s and %s are two members".formatted(id(), other.id()));
        }
        return new MemberState(max(record, other.record), max(claim, other.claim));
    }

    public MemberState merge(Claim other) {
        return new MemberState(record, max(claim, other));
    }

    public String id() {
        return record.id();
    }

    /** What the claim says, unless the record refutes it. */
    public Liveness liveness() {
        return record.incarnation() > claim.incarnation() ? Liveness.ALIVE : claim.liveness();
    }

    /** The highest incarnation that is known of the member. */
    public long incarnation() {
        return Math.max(record.incarnation(), claim.incarnation());
    }

    private static <T extends Comparable<T>> T max(T first, T second) {
        return first.compareTo(second) >= 0 ? first : second;
    }
}
