package io.orderly.order.saga;

import io.orderly.contracts.reply.Reply;

/** What a saga can be told. */
public sealed interface SagaInput {

    /** A participant answered, or its dead letters did. */
    record Replied(Reply reply) implements SagaInput {}

    /**
     * What a participant answered could not be read and waits among our own dead letters, with all that follows it.
     *
     * @param cause a sentence for people
     */
    record ReplyDeadLettered(String cause) implements SagaInput {}

    /** Time has passed; whether it is the awaited deadline, the saga itself decides. */
    record TimePassed() implements SagaInput {}

    /** The customer wants the order cancelled. */
    record CancellationRequested() implements SagaInput {}

    /** What an operator may ask for. */
    sealed interface OperatorAction extends SagaInput {}

    /** Send the command on which the saga is parked again. */
    record Retry() implements OperatorAction {}

    /** Stop where it is. */
    record Park() implements OperatorAction {}

    /** Give up, and undo what was done. */
    record Compensate() implements OperatorAction {}
}
