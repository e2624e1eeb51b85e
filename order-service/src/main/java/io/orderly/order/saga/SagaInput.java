package io.orderly.order.saga;

import io.orderly.contracts.reply.Reply;

/** An input of a saga: a reply, a deadline, or a request. */
public sealed interface SagaInput {

    /** A participant replied, or one of its dead letters was reported. */
    record Replied(Reply reply) implements SagaInput {}

    /**
     * A reply could not be processed. It is a dead letter of this service, and so are all later replies to the same saga.
     *
     * @param cause a sentence for humans
     */
    record ReplyDeadLettered(String cause) implements SagaInput {}

    /** The deadline may have passed; the saga compares it with the current time. */
    record TimePassed() implements SagaInput {}

    /** The customer requested the cancellation of the order. */
    record CancellationRequested() implements SagaInput {}

    /** A request of an operator. */
    sealed interface OperatorAction extends SagaInput {

        /** Who requests it and why, for humans; empty if the operator does not say. It has no effect on the saga. */
        String note();
    }

    /** Resume the parked saga by sending the awaited command again. */
    record Retry(String note) implements OperatorAction {}

    /** Park the saga in its current state. */
    record Park(String note) implements OperatorAction {}

    /** Give up the order and compensate its completed steps. */
    record Compensate(String note) implements OperatorAction {}
}
