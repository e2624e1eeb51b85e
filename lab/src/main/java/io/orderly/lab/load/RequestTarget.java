package io.orderly.lab.load;

import java.io.IOException;

/** Where the requests of a load go. Called from virtual threads. */
public interface RequestTarget {

    /**
     * Sends the order, or asks what somebody who is about to place it asks.
     *
     * @throws IOException if there is no answer; the request may have taken effect
     */
    OrderResponse send(PlannedOrder order) throws IOException, InterruptedException;
}
