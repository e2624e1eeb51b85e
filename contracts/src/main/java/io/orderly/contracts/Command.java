package io.orderly.contracts;

/**
 * Tells a participant to take one step of an order's saga. Idempotent per (order, step): a repeated command gets the
 * recorded reply again.
 */
public interface Command extends OrderMessage {

    SagaStep step();
}
