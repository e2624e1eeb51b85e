package io.orderly.order.twophasecommit;

/** How a distributed transaction ends. */
enum Verdict {
    COMMIT,
    ABORT
}
