package io.orderly.provider.book;

/** What a client may tell the book to do. */
public sealed interface Instruction {

    /** The idempotency key of the payment that it is about. */
    String key();

    /** Charge or hold an amount. */
    record Pay(String key, Request request) implements Instruction {}

    /** Take the amount that is held. */
    record Capture(String key) implements Instruction {}

    /** Give up what was not taken yet; refused once it is taken. */
    record Void(String key) implements Instruction {}

    /** Make it undone, whatever it is: void what was not taken, refund what was. */
    record Reverse(String key) implements Instruction {}
}
