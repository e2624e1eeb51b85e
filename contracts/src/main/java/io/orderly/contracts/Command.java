package io.orderly.contracts;

/**
 * Commands a participant to execute one step of an order's saga. Idempotent per (order, step): a repeated command gets the
 * recorded reply again.
 */
public interface Command extends OrderMessage {

    SagaStep step();
}
