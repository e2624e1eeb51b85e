package io.orderly.coordinator.log;

import java.io.IOException;

/**
 * There is no space left on the disk for a write. Nothing that was durable is lost, and the call may be repeated once there is space:
 * what it had written of its bytes is written again at the same place. A force is never repeated; it fails with other exceptions.
 */
public final class DiskFullException extends IOException {

    public DiskFullException(String message) {
        super(message);
    }

    DiskFullException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
