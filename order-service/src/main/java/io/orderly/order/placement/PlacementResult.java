package io.orderly.order.placement;

import io.orderly.order.Order;
import java.util.List;

/** The result of placing a draft. */
public sealed interface PlacementResult {

    /**
     * The draft is valid and became this order.
     *
     * @param catalogueRevision the highest revision among the products that it was priced from
     */
    record Accepted(Order order, long catalogueRevision) implements PlacementResult {}

    /** The draft is not valid; nothing was stored. */
    record Refused(List<Violation> violations) implements PlacementResult {}
}
