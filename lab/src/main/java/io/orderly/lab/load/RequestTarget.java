package io.orderly.lab.load;

import java.io.IOException;

/** The receiver of a load generator's requests. Called from virtual threads. */
public interface RequestTarget {

    /**
     * Sends a request for an order: places it, or reads its product.
     *
     * @throws IOException if there is no response; the request may have taken effect
     */
    OrderResponse send(PlannedOrder order) throws IOException, InterruptedException;
}
