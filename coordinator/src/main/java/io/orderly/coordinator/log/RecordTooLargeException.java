package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.Payload;

/** A command exceeds the limit of the protocol. The log has not changed. */
public final class RecordTooLargeException extends IllegalArgumentException {

    RecordTooLargeException(long slot, int sizeInBytes) {
        super("the command for slot %d has %d bytes, more than the %d that every node accepts"
                .formatted(slot, sizeInBytes, Payload.Command.MAX_BYTES));
    }
}
