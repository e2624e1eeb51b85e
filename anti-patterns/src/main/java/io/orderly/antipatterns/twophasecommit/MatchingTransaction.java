package io.orderly.antipatterns.twophasecommit;

import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import io.orderly.kit.web.ProblemException;

/** Checks that path and body of a prepare request refer to the same transaction. */
public final class MatchingTransaction {

    private MatchingTransaction() {}

    /** @throws ProblemException 400 if the command's order is not the transaction in the path */
    public static void require(OrderId transaction, Command command) {
        if (!command.orderId().equals(transaction)) {
            throw ProblemException.invalid("orderId", "must be the transaction in the path, " + transaction);
        }
    }
}
