package io.orderly.coordinator.log;

import java.io.IOException;

/** A snapshot does not have the content that was written. */
public final class CorruptSnapshotException extends IOException {

    CorruptSnapshotException(String name, String reason) {
        super("%s is corrupt: %s".formatted(name, reason));
    }
}
