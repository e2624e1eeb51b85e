package io.orderly.coordinator.store;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Revisions in order without gaps: added at the end, dropped at the beginning.
 *
 * <p>A copy shares the arrays. They are written only after the end of all copies, so a copy never changes, and other threads may
 * read it.
 */
final class RevisionHistory {

    private static final int CHUNK = 256;

    private @Nullable Revision[][] chunks;

    /** The number of the first place of the first chunk. */
    private long origin;

    private long first;
    private long end;

    /** @param first the first number that will be added */
    RevisionHistory(long first) {
        this(new Revision[4][], first, first, first);
    }

    private RevisionHistory(@Nullable Revision[][] chunks, long origin, long first, long end) {
        this.chunks = chunks;
        this.origin = origin;
        this.first = first;
        this.end = end;
    }

    RevisionHistory copy() {
        return new RevisionHistory(chunks, origin, first, end);
    }

    /** The number of the oldest revision; the number of the next one if there is none. */
    long first() {
        return first;
    }

    /** The number of the next revision. */
    long end() {
        return end;
    }

    void add(Revision revision) {
        if (revision.number() != end) {
            throw new IllegalArgumentException("revision %d after %d".formatted(revision.number(), end - 1));
        }
        int chunk = chunkOf(end);
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunk);
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = new Revision[CHUNK];
        }
        chunks[chunk][placeOf(end)] = revision;
        end++;
    }

    /** @throws NoSuchElementException if it does not exist */
    Revision get(long number) {
        if (number < first || number >= end) {
            throw new NoSuchElementException("revision %d of %d to %d".formatted(number, first, end - 1));
        }
        return chunks[chunkOf(number)][placeOf(number)];
    }

    /** @param from at least {@link #first()}; for a future number the result is empty */
    Iterator<Revision> from(long from) {
        long stop = end;
        return new Iterator<>() {

            private long next = from;

            @Override
            public boolean hasNext() {
                return next < stop;
            }

            @Override
            public Revision next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return get(next++);
            }
        };
    }

    /**
     * Drops all revisions before one.
     *
     * @param oldest replaces the revision with its number; null if that is in the future
     */
    void dropBefore(long number, @Nullable Revision oldest) {
        int gone = chunkOf(number);
        int used = end == number ? gone : chunkOf(end - 1) + 1;
        @Nullable Revision[][] kept = new Revision[Math.max(4, 2 * (used - gone))][];
        System.arraycopy(chunks, gone, kept, 0, used - gone);
        origin += (long) gone * CHUNK;
        if (oldest != null) {
            // in a new chunk, since copies read the old one; it holds no reference to dropped revisions
            Revision[] chunk = new Revision[CHUNK];
            int place = placeOf(number);
            System.arraycopy(kept[0], place, chunk, place, CHUNK - place);
            chunk[place] = oldest;
            kept[0] = chunk;
        }
        chunks = kept;
        first = number;
    }

    private int chunkOf(long number) {
        return (int) ((number - origin) / CHUNK);
    }

    private int placeOf(long number) {
        return (int) ((number - origin) % CHUNK);
    }
}
