package io.orderly.coordinator.store;

/** The requested revision is compacted. */
public final class CompactedException extends RuntimeException {

    private final long compactedRevision;

    CompactedException(long compactedRevision) {
        super("compacted up to revision " + compactedRevision);
        this.compactedRevision = compactedRevision;
    }

    /** The lowest revision that can be read. */
    public long compactedRevision() {
        return compactedRevision;
    }
}
