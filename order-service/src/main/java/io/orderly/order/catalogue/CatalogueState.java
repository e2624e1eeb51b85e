package io.orderly.order.catalogue;

/**
 * How far the copy of the catalogue is.
 *
 * @param highest the highest revision of a product in the copy
 * @param changes how many changes the copy contains: the sum of the products' versions
 */
public record CatalogueState(long highest, long changes) {

    /** For the query. */
    public CatalogueState(Long highest, Long changes) {
        this(highest.longValue(), changes.longValue());
    }

    /**
     * Whether the copy contains every change up to the highest revision. Revisions count the changes of all products without gaps, and the
     * copy contains none beyond the highest; so if it contains as many, it contains all. Changes whose messages were compacted away before they
     * were received are counted by the version of the later ones.
     */
    boolean isComplete() {
        return changes == highest;
    }
}
