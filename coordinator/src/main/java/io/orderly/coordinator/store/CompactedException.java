package io.orderly.coordinator.store;

/** What was asked for is compacted. */
public final class CompactedException extends RuntimeException {

    private final long compactedRevision;

    CompactedException(long compactedRevision) {
        super("compacted up to revision " + compactedRevision);
        this.compactedRevision = compactedRevision;
    }

    /** The least revision that is left. */
    public long compactedRevision() {
        return compactedRevision;
    }
}
