package io.orderly.coordinator.log;

import java.io.IOException;

/**
 * The log has failed, now or before, and takes nothing more. What was not acknowledged may be durable or not. Only a new start
 * can tell, which reads the disk; trying again cannot, since an operating system may report a failed fsync once and then call
 * the lost pages clean (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
 */
public final class LogStoppedException extends IOException {

    LogStoppedException(String what, Throwable cause) {
        super(
                "%s has failed (%s); the node stops, and knows what is durable only once it is started again"
                        .formatted(what, cause),
                cause);
    }
}
