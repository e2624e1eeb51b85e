package io.orderly.antipatterns.twophasecommit.manager;

/** The decision on a distributed transaction. */
enum TransactionDecision {
    COMMIT,
    ABORT
}
