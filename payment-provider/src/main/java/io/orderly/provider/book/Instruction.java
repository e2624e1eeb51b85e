package io.orderly.provider.book;

/** An instruction of a client. */
public sealed interface Instruction {

    /** The idempotency key of the payment. */
    String key();

    /** Charges or holds an amount. */
    record Pay(String key, Request request) implements Instruction {}

    /** Captures the held amount. */
    record Capture(String key) implements Instruction {}

    /** Voids an amount that is not captured; refused after the capture. */
    record Void(String key) implements Instruction {}

    /** Reverses the payment in any status: voids an amount that is not captured, refunds a captured one. */
    record Reverse(String key) implements Instruction {}
}
