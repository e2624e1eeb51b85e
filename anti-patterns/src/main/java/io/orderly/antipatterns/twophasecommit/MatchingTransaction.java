package io.orderly.antipatterns.twophasecommit;

import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import io.orderly.kit.web.ProblemException;

/** A request to prepare a branch names its transaction twice. */
public final class MatchingTransaction {

    private MatchingTransaction() {}

    /** @throws ProblemException 400 if the command is about another order than the transaction */
    public static void mustAgree(OrderId transaction, Command command) {
        if (!command.orderId().equals(transaction)) {
            throw ProblemException.invalid("orderId", "must be the transaction that the path names, " + transaction);
        }
    }
}
