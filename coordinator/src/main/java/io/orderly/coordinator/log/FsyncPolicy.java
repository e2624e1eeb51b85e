package io.orderly.coordinator.log;

/**
 * When {@link WriteAheadLog#commit()} forces what it wrote. A promise is always forced.
 *
 * <p>With any policy but {@link #ALWAYS}, a record is acknowledged before it is durable. The process may then still be killed
 * without loss, but a node whose <em>machine</em> stopped has lost records that it acknowledged. It must not continue: it must join
 * again under a new id, like a node that lost its disk.
 *
 * @param unforcedBytes a commit is forced once more than this has been written since the last force
 */
public record FsyncPolicy(long unforcedBytes) {

    /** Each commit: no acknowledged record is lost. */
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
