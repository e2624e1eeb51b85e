package io.orderly.coordinator.log;

/** A command over the limit. The log has not changed. */
public final class RecordTooLargeException extends IllegalArgumentException {

    RecordTooLargeException(long slot, int sizeInBytes, int limitBytes) {
        super("the command for slot %d has %d bytes, more than maxCommandBytes %d"
                .formatted(slot, sizeInBytes, limitBytes));
    }
}
