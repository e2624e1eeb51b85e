package io.orderly.coordinator.consensus;

/**
 * The description of a snapshot. The caller of the replica writes, reads, checks and sends its bytes.
 *
 * @param slot the last slot whose entry it contains; from 1
 * @param effectiveMembership the members that decide slot + 1
 * @param sizeInBytes of its file or stream; above zero
 */
public record Snapshot(long slot, EffectiveMembership effectiveMembership, long sizeInBytes) {

    /** @throws IllegalArgumentException if slot or size are not above zero, or there is no voter, or a later slot named them */
    public Snapshot {
        if (slot <= 0
                || sizeInBytes <= 0
                || effectiveMembership.slot() > slot
                || effectiveMembership.membership().voters().isEmpty()) {
            throw new IllegalArgumentException(
                    "no snapshot: slot %d, electorate %s, %d bytes".formatted(slot, effectiveMembership, sizeInBytes));
        }
    }

    @Override
    public String toString() {
        return "snapshot at %d of %d bytes, %s".formatted(slot, sizeInBytes, effectiveMembership);
    }
}
