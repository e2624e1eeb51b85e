package io.orderly.antipatterns.twophasecommit.manager;

/** How a distributed transaction ends. */
enum Verdict {
    COMMIT,
    ABORT
}
