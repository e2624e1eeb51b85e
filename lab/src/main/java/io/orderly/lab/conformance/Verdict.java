package io.orderly.lab.conformance;

import io.orderly.contracts.Printable;

/** Whether the participant keeps a rule. */
public sealed interface Verdict {

    /** In characters; a reason quotes what the participant sent. */
    int MAX_REASON_LENGTH = 1_000;

    /** Everything that had to come came, and nothing that must not. */
    record Passed() implements Verdict {}

    /** @param reason what came, or did not, printable */
    record Failed(String reason) implements Verdict {

        public Failed {
            reason = Printable.of(reason, MAX_REASON_LENGTH);
        }
    }

    /**
     * The situation that the rule is about did not arise.
     *
     * @param reason why it did not, printable
     */
    record NotDecided(String reason) implements Verdict {

        public NotDecided {
            reason = Printable.of(reason, MAX_REASON_LENGTH);
        }
    }

    /** In words, such as {@code not decided}. */
    default String inWords() {
        return switch (this) {
            case Passed() -> "passed";
            case Failed(String _) -> "failed";
            case NotDecided(String _) -> "not decided";
        };
    }

    /** Empty if it passed. */
    default String explanation() {
        return switch (this) {
            case Passed() -> "";
            case Failed(String reason) -> reason;
            case NotDecided(String reason) -> reason;
        };
    }
}
