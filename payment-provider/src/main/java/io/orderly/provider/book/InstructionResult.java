package io.orderly.provider.book;

/** What the book makes of an instruction. */
public sealed interface InstructionResult {

    /** It changes the payment to this. */
    record Change(Payment payment) implements InstructionResult {}

    /** It changes nothing: the payment is already settled so. */
    record NoChange(Payment payment) implements InstructionResult {}

    /** It cannot be followed, and nothing changes. */
    record Refusal(Cause cause) implements InstructionResult {}

    /** Why an instruction is refused. */
    enum Cause {
        /** The key already stands for another request. */
        KEY_STANDS_FOR_ANOTHER_REQUEST,
        /** Nothing is known under the key. */
        UNKNOWN_KEY,
        /** Nothing is held that could be captured: declined, voided or refunded. */
        NOTHING_TO_CAPTURE,
        /** The money was taken, so there is nothing to void; it can be reversed. */
        ALREADY_CHARGED
    }
}
