package io.orderly.lab.torture.coordinator;

/**
 * A change of a key, as a member keeps it.
 *
 * @param value 0 if the key was deleted
 */
record LogEvent(String key, long value, long revision) {

    boolean isDeletion() {
        return value == 0;
    }
}
