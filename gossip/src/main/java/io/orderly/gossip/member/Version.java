package io.orderly.gossip.member;

import java.util.Comparator;

/**
 * The version of a member's record; the higher one is newer. These versions, by member, are the version vector that members compare.
 *
 * @param incarnation when the process started, in milliseconds since the epoch, so that a restarted process is newer than the one before it;
 *     the member increases it only to refute that it is suspected or dead. From 0
 * @param sequence counts the changes of the record within an incarnation, from 0
 */
public record Version(long incarnation, long sequence) implements Comparable<Version> {

    private static final Comparator<Version> ORDER =
            Comparator.comparingLong(Version::incarnation).thenComparingLong(Version::sequence);

    /** @throws IllegalArgumentException if a component is negative */
    public Version {
        if (incarnation < 0 || sequence < 0) {
            throw new IllegalArgumentException("The version %d.%d is negative".formatted(incarnation, sequence));
        }
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return incarnation + "." + sequence;
    }
}
