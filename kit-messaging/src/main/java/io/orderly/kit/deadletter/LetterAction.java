package io.orderly.kit.deadletter;

/** What an operator does to a dead letter. */
public enum LetterAction {
    REPLAY,
    DISCARD
}
