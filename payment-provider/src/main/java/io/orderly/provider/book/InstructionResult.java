package io.orderly.provider.book;

/** The result of an instruction. */
public sealed interface InstructionResult {

    /** The instruction changes the payment to this version. */
    record Change(Payment payment) implements InstructionResult {}

    /** The instruction changes nothing, because the payment already has the requested status. */
    record NoChange(Payment payment) implements InstructionResult {}

    /** The instruction is refused, and nothing changes. */
    record Refusal(Cause cause) implements InstructionResult {}

    /** The reason of a refusal. */
    enum Cause {
        /** The key belongs to another request. */
        KEY_REUSED,
        /** The book does not contain the key. */
        UNKNOWN_KEY,
        /** No amount is held: the payment was declined, voided or refunded. */
        NOTHING_TO_CAPTURE,
        /** The amount is already captured; it can only be reversed. */
        ALREADY_CHARGED
    }
}
