package io.orderly.coordinator.store;

/**
 * Limits of the state. A command that would exceed one is refused before it changes anything; commands that free space are never refused
 * for lack of space. Part of the replicated state, and changed only by {@link StoreCommand.SetLimits}: nodes with different limits would
 * refuse different commands.
 *
 * @param maxBytes the size of keys and values, including their history, with an allowance for each
 * @param maxKeyBytes of one key
 * @param maxValueBytes of one value
 * @param maxOperations of one list of a transaction, and compares. Including nested transactions, the maximum is four times as high
 * @param maxLeases at a time
 * @param minLeaseTtlMillis a shorter lease is granted with this time
 * @param maxLeaseTtlMillis a longer one is refused
 * @param maxSessions at a time
 * @param maxSessionWindow commands of a session whose responses its client has not acknowledged
 * @param maxKeptAnswerBytes a larger response is not kept for repetition
 * @param maxKeptBytes the size of all kept responses
 */
public record StoreLimits(
        long maxBytes,
        int maxKeyBytes,
        int maxValueBytes,
        int maxOperations,
        int maxLeases,
        long minLeaseTtlMillis,
        long maxLeaseTtlMillis,
        int maxSessions,
        int maxSessionWindow,
        int maxKeptAnswerBytes,
        long maxKeptBytes) {

    /** For a heap of two GiB. */
    public static final StoreLimits DEFAULTS = new StoreLimits(
            512L << 20, 64 << 10, 3 << 19, 128, 100_000, 1_000, 9_000_000_000_000L, 10_000, 256, 8 << 10, 32L << 20);

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public StoreLimits {
        positive("maxBytes", maxBytes);
        positive("maxKeyBytes", maxKeyBytes);
        positive("maxValueBytes", maxValueBytes);
        positive("maxOperations", maxOperations);
        positive("maxLeases", maxLeases);
        positive("minLeaseTtlMillis", minLeaseTtlMillis);
        positive("maxSessions", maxSessions);
        positive("maxSessionWindow", maxSessionWindow);
        positive("maxKeptAnswerBytes", maxKeptAnswerBytes);
        positive("maxKeptBytes", maxKeptBytes);
        if (maxLeaseTtlMillis < minLeaseTtlMillis) {
            throw new IllegalArgumentException("maxLeaseTtlMillis %d is below minLeaseTtlMillis %d"
                    .formatted(maxLeaseTtlMillis, minLeaseTtlMillis));
        }
    }

    public StoreLimits withMaxBytes(long bytes) {
        return new StoreLimits(
                bytes,
                maxKeyBytes,
                maxValueBytes,
                maxOperations,
                maxLeases,
                minLeaseTtlMillis,
                maxLeaseTtlMillis,
                maxSessions,
                maxSessionWindow,
                maxKeptAnswerBytes,
                maxKeptBytes);
    }

    long digest() {
        return new Digest(Digest.Kind.LIMITS)
                .with(maxBytes)
                .with(maxKeyBytes)
                .with(maxValueBytes)
                .with(maxOperations)
                .with(maxLeases)
                .with(minLeaseTtlMillis)
                .with(maxLeaseTtlMillis)
                .with(maxSessions)
                .with(maxSessionWindow)
                .with(maxKeptAnswerBytes)
                .with(maxKeptBytes)
                .value();
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("%s is %d, not above 0".formatted(name, value));
        }
    }
}
