package io.orderly.coordinator.store;

/**
 * Options of a range read. Filters are applied first, then the order, then the limit.
 *
 * @param revision to read at; 0 for the newest
 * @param limit the maximum number of returned keys; 0 for none. All keys of the range are counted, so a limit does not reduce the work
 * @param modRevisions only keys last changed in these are returned
 * @param createRevisions only keys created in these are returned
 */
public record RangeOptions(
        long revision, long limit, Sort sort, Detail detail, Bounds modRevisions, Bounds createRevisions) {

    /** The newest revision, without filters, in the order of keys. */
    public static final RangeOptions DEFAULTS =
            new RangeOptions(0, 0, Sort.BY_KEY, Detail.ALL, Bounds.NONE, Bounds.NONE);

    /** The returned parts of each key. */
    public enum Detail {
        /** Keys and values. */
        ALL,
        /** Keys with empty values. */
        KEYS,
        /** Only the number of keys in the range, before filters. */
        COUNT
    }

    /**
     * Bounds of revisions.
     *
     * @param min 0 for no bound
     * @param max the last one; 0 for no bound
     */
    public record Bounds(long min, long max) {

        public static final Bounds NONE = new Bounds(0, 0);

        /** @throws IllegalArgumentException if one is negative */
        public Bounds {
            if (min < 0 || max < 0) {
                throw new IllegalArgumentException("bounds %d and %d".formatted(min, max));
            }
        }

        boolean admit(long revision) {
            return revision >= min && (max == 0 || revision <= max);
        }
    }

    /** @throws IllegalArgumentException if a number is negative */
    public RangeOptions {
        if (revision < 0 || limit < 0) {
            throw new IllegalArgumentException("revision %d, limit %d".formatted(revision, limit));
        }
    }

    /** Options with a revision only; 0 for the newest. */
    public static RangeOptions at(long revision) {
        return DEFAULTS.withRevision(revision);
    }

    public RangeOptions withRevision(long newRevision) {
        return new RangeOptions(newRevision, limit, sort, detail, modRevisions, createRevisions);
    }

    public RangeOptions withLimit(long newLimit) {
        return new RangeOptions(revision, newLimit, sort, detail, modRevisions, createRevisions);
    }

    public RangeOptions withSort(Sort newSort) {
        return new RangeOptions(revision, limit, newSort, detail, modRevisions, createRevisions);
    }

    public RangeOptions withDetail(Detail newDetail) {
        return new RangeOptions(revision, limit, sort, newDetail, modRevisions, createRevisions);
    }

    boolean isFiltered() {
        return !modRevisions.equals(Bounds.NONE) || !createRevisions.equals(Bounds.NONE);
    }

    boolean admit(KeyValue one) {
        return modRevisions.admit(one.modRevision()) && createRevisions.admit(one.createRevision());
    }
}
