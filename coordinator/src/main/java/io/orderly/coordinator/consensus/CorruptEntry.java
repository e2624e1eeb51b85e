package io.orderly.coordinator.consensus;

/**
 * An accepted entry that can no longer be read: its value is lost, its ballot is known.
 *
 * @param slot its place in the log, from 1
 * @param ballot under which it was accepted, or an upper bound if it is not certain that it was
 */
public record CorruptEntry(long slot, Ballot ballot) {

    @Override
    public String toString() {
        return "%d@%s lost".formatted(slot, ballot);
    }
}
