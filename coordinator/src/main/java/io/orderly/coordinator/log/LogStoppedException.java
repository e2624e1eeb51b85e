package io.orderly.coordinator.log;

import java.io.IOException;

/**
 * The log has failed, now or before, and accepts no more records. Records that were not acknowledged may be durable or not. Only a
 * restart, which reads the disk, can tell; a retry cannot, since an operating system may report a failed fsync once and then mark
 * the lost pages clean (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
 */
public final class LogStoppedException extends IOException {

    LogStoppedException(String what, Throwable cause) {
        super("%s has failed (%s); the node stops; only a restart shows what is durable".formatted(what, cause), cause);
    }
}
