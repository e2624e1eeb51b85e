package io.orderly.coordinator.watch;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One watch. While it keeps up, everything up to the newest revision is delivered or in its buffer. While it lags, everything below
 * {@code from} is, and nothing from there on.
 */
final class Watch {

    final long id;
    final WatchRequest request;
    final Deque<RevisionBatch> buffer = new ArrayDeque<>();
    private long bufferedBytes;

    /** What was below is no longer wanted, or never was. */
    long from;

    boolean isLagging;

    /** It is to tell how far it has come, once it has told all before that. */
    boolean progressDue;

    /** Whether it has told nothing since the last look at that. */
    boolean wasIdle = true;

    /** Whether its owner was told that it is ready, and has not come since. */
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

    /** Never ahead of what it has to tell, and not before the revision that it waits for. */
    boolean isProgressToBeTold(long newestRevision) {
        return progressDue && buffer.isEmpty() && !isLagging && newestRevision >= from - 1;
    }
}
