package io.orderly.coordinator.store;

import java.util.ArrayList;
import java.util.List;

/**
 * A transaction whose comparisons have been evaluated, including those of nested transactions: the operations to execute, in order.
 *
 * @param inner one for each operation that is a transaction
 */
record ResolvedTxn(boolean succeeded, List<Operation> operations, List<ResolvedTxn> inner) {

    static ResolvedTxn resolve(StoreCommand.Txn txn, RangeReader reader) {
        boolean succeeded = txn.compares().stream().allMatch(reader::holds);
        List<Operation> operations = succeeded ? txn.then() : txn.otherwise();
        List<ResolvedTxn> inner = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof StoreCommand.Txn one) {
                inner.add(resolve(one, reader));
            }
        }
        return new ResolvedTxn(succeeded, operations, inner);
    }

    static ResolvedTxn of(Operation only) {
        return new ResolvedTxn(true, List.of(only), List.of());
    }
}
