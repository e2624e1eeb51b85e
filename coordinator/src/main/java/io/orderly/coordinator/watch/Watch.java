package io.orderly.coordinator.watch;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A watch. While it does not lag, everything up to the newest revision is delivered or in its buffer. While it lags, everything
 * below {@code from} is, and nothing from there on.
 */
final class Watch {

    final long id;
    final WatchRequest request;
    final Deque<RevisionBatch> buffer = new ArrayDeque<>();
    private long bufferedBytes;

    /** Revisions below it are delivered, or were not requested. */
    long from;

    boolean isLagging;

    /** Whether progress was requested; it is reported after all earlier events. */
    boolean progressDue;

    /** Whether it has delivered nothing since the last progress interval. */
    boolean wasIdle = true;

    /** Whether it was reported as ready, and nothing has been taken since. */
    boolean signalled;

    Watch(long id, WatchRequest request, long from, boolean isLagging) {
        this.id = id;
        this.request = request;
        this.from = from;
        this.isLagging = isLagging;
    }

    boolean hasRoomFor(RevisionBatch batch, WatchSettings settings) {
        return buffer.isEmpty()
                || buffer.size() < settings.maxBufferedRevisions()
                        && bufferedBytes + batch.bytes() <= settings.maxBufferedBytes();
    }

    void buffer(RevisionBatch batch) {
        buffer.addLast(batch);
        bufferedBytes += batch.bytes();
    }

    RevisionBatch takeBuffered() {
        RevisionBatch first = buffer.removeFirst();
        bufferedBytes -= first.bytes();
        return first;
    }

    boolean isReady(long newestRevision) {
        return !buffer.isEmpty() || isLagging || isProgressToBeTold(newestRevision);
    }

    /** Progress is never ahead of undelivered events, and not before the first requested revision. */
    boolean isProgressToBeTold(long newestRevision) {
        return progressDue && buffer.isEmpty() && !isLagging && newestRevision >= from - 1;
    }
}
