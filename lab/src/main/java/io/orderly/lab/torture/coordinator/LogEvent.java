package io.orderly.lab.torture.coordinator;

/**
 * A change of a key in the history of a member.
 *
 * @param value 0 if the key was deleted
 */
record LogEvent(String key, long value, long revision) {

    boolean isDeletion() {
        return value == 0;
    }
}
