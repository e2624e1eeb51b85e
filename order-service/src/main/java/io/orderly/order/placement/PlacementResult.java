package io.orderly.order.placement;

import io.orderly.order.Order;
import java.util.List;

/** What became of a draft. */
public sealed interface PlacementResult {

    /** Nothing is wrong with it: this is the order. */
    record Accepted(Order order) implements PlacementResult {}

    /** It is not, and nothing was stored. */
    record Refused(List<Violation> violations) implements PlacementResult {}
}
