package io.orderly.provider.faults;

/** The random decisions; each is independent of the others. */
enum Draw {
    JITTER,
    SLOW,
    ERROR,
    LOST_ANSWER,
    SILENCE,
    DECLINE
}
