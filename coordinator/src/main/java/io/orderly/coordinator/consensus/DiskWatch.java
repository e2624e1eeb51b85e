package io.orderly.coordinator.consensus;

/** Notices a disk that does not come back from an fsync. */
final class DiskWatch {

    private long awaitedPoint;
    private long sinceNanos;

    /** @return whether the oldest write still outstanding has been so for at least this long */
    boolean hangs(long writtenPoint, long durablePoint, long nowNanos, long timeoutNanos) {
        if (durablePoint >= awaitedPoint) {
            awaitedPoint = writtenPoint;
            sinceNanos = nowNanos;
        }
        return durablePoint < awaitedPoint && nowNanos - sinceNanos >= timeoutNanos;
    }
}
