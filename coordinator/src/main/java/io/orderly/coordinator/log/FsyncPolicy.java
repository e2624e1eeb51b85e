package io.orderly.coordinator.log;

/**
 * When {@link WriteAheadLog#commit()} forces what it wrote. A promise is always forced.
 *
 * <p>With any policy but {@link #ALWAYS}, a record is acknowledged before it is durable. A process may then still be killed
 * without a loss, but a node whose <em>machine</em> stopped has forgotten what it answered. It must not run on: it comes back
 * under a new id, as one that lost its disk.
 *
 * @param unforcedBytes a commit is forced once more than this has been written since the last force
 */
public record FsyncPolicy(long unforcedBytes) {

    /** Each commit: nothing acknowledged is ever lost. */
    public static final FsyncPolicy ALWAYS = new FsyncPolicy(0);

    /** Only when a segment is full. */
    public static final FsyncPolicy NEVER = new FsyncPolicy(Long.MAX_VALUE);

    /** @throws IllegalArgumentException if it is negative */
    public FsyncPolicy {
        if (unforcedBytes < 0) {
            throw new IllegalArgumentException("unforcedBytes is %d, below 0".formatted(unforcedBytes));
        }
    }

    boolean isDue(long unforced) {
        return unforced > unforcedBytes || unforcedBytes == 0;
    }
}
