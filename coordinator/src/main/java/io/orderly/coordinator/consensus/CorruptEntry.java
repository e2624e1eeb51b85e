package io.orderly.coordinator.consensus;

/**
 * An entry that was accepted and can no longer be read: its value is lost, its ballot is not.
 *
 * @param slot its place in the log, from 1
 * @param ballot under which it was accepted; where it is not certain that it ever was, the highest that it can have been
 */
public record CorruptEntry(long slot, Ballot ballot) {

    @Override
    public String toString() {
        return "%d@%s lost".formatted(slot, ballot);
    }
}
