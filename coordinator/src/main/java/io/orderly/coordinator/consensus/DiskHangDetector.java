package io.orderly.coordinator.consensus;

/** Notices a disk that does not come back from an fsync. */
final class DiskHangDetector {

    private long awaitedPoint;
    private long sinceNanos;

    /** @return whether the oldest write still outstanding has been so for at least this long */
    boolean isHanging(long writtenPoint, long durablePoint, long nowNanos, long timeoutNanos) {
        if (durablePoint >= awaitedPoint) {
            awaitedPoint = writtenPoint;
            sinceNanos = nowNanos;
        }
        return durablePoint < awaitedPoint && nowNanos - sinceNanos >= timeoutNanos;
    }
}
