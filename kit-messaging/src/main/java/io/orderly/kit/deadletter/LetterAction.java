package io.orderly.kit.deadletter;

/** What an operator does to a dead letter. */
public enum LetterAction {
    REPLAY,
    /** The replay failed again, and the letter is still stored. */
    FAILED_REPLAY,
    DISCARD
}
