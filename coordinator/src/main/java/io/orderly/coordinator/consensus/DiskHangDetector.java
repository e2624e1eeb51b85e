package io.orderly.coordinator.consensus;

/** Detects a disk that does not complete an fsync. */
final class DiskHangDetector {

    private long awaitedPoint;
    private long sinceNanos;

    /** @return whether the oldest outstanding write has been outstanding for at least this long */
    boolean isHanging(long writtenPoint, long durablePoint, long nowNanos, long timeoutNanos) {
        if (durablePoint >= awaitedPoint) {
            awaitedPoint = writtenPoint;
            sinceNanos = nowNanos;
        }
        return durablePoint < awaitedPoint && nowNanos - sinceNanos >= timeoutNanos;
    }
}
