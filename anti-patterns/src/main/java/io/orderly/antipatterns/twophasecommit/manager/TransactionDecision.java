package io.orderly.antipatterns.twophasecommit.manager;

/** How a distributed transaction ends. */
enum TransactionDecision {
    COMMIT,
    ABORT
}
