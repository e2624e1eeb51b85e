package io.orderly.coordinator.store;

import java.util.ArrayList;
import java.util.List;

/**
 * A transaction whose comparisons are made, those of transactions within it as well: what will be done, in order.
 *
 * @param inner one for each operation that is a transaction
 */
record Transaction(boolean succeeded, List<Operation> operations, List<Transaction> inner) {

    static Transaction resolve(StoreCommand.Txn txn, RangeReader reader) {
        boolean succeeded = txn.compares().stream().allMatch(reader::holds);
        List<Operation> operations = succeeded ? txn.then() : txn.otherwise();
        List<Transaction> inner = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof StoreCommand.Txn one) {
                inner.add(resolve(one, reader));
            }
        }
        return new Transaction(succeeded, operations, inner);
    }

    static Transaction of(Operation only) {
        return new Transaction(true, List.of(only), List.of());
    }
}
