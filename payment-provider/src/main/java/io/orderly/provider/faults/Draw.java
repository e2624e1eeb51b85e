package io.orderly.provider.faults;

/** What is left to chance; each draw is independent of the others. */
enum Draw {
    JITTER,
    SLOW,
    ERROR,
    LOST_ANSWER,
    SILENCE,
    DECLINE
}
