package io.orderly.lab.load;

import io.orderly.contracts.OrderId;

/** Reports the outcomes of orders to a load generator. */
public interface OutcomeSource extends AutoCloseable {

    /** Receives outcomes, from any thread. */
    @FunctionalInterface
    interface Listener {

        /**
         * An order has an outcome. May be called before the order is known to be accepted, and repeatedly.
         *
         * @param atNanos when it was seen, a value of {@link System#nanoTime}
         */
        void ended(OrderId order, OrderOutcome outcome, long atNanos);
    }

    /** Begins to report. Called once. */
    void follow(Listener listener);

    /** Reports no further outcome. */
    @Override
    void close();
}
