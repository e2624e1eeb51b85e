package io.orderly.lab.load;

/** The orders that a load generator places. */
@FunctionalInterface
public interface PlannedOrders {

    /** @param number 0 or greater; the same number gives the same order */
    PlannedOrder order(long number);
}
