package io.orderly.coordinator.consensus;

/**
 * A value accepted for a slot under a ballot.
 *
 * <p>Two entries with the same slot and ballot are equal, on all nodes. The entries of a decided slot may have different ballots on
 * different nodes, and have the same payload on all.
 *
 * @param slot its place in the log, from 1
 * @param ballot under which this node accepted it
 * @param payload the value
 */
public record Entry(long slot, Ballot ballot, Payload payload) {

    /** @throws IllegalArgumentException if the slot is not above zero or the ballot is that of no node */
    public Entry {
        if (slot <= 0 || ballot.equals(Ballot.ZERO)) {
            throw new IllegalArgumentException("no entry: slot %d, ballot %s".formatted(slot, ballot));
        }
    }

    @Override
    public String toString() {
        return "%d@%s %s".formatted(slot, ballot, payload);
    }
}
