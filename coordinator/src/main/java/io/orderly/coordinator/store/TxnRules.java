package io.orderly.coordinator.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules for transactions that do not depend on the state: limits of size, and no key is written twice. Only one list of a
 * transaction is executed, so both may put the same key; but neither may delete what the other puts. This is etcd's rule.
 */
final class TxnRules {

    /** The maximum depth of nested transactions, including the outermost one. */
    static final int MAX_DEPTH = 8;

    /** The limit of all operations and compares of a transaction and its nested ones, as a multiple of the limit of one list. */
    static final int MAX_LISTS = 4;

    /** @param deleted the ranges deleted by any operation of the list, at any depth */
    private record Writes(Set<Bytes> put, List<KeyRange> deleted) {

        boolean deletes(Bytes key) {
            return deleted.stream().anyMatch(range -> range.contains(key));
        }
    }

    private static final class Objection extends Exception {

        private final transient StoreRefusal refusal;

        Objection(StoreRefusal refusal) {
            super(refusal.toString(), null, false, false);
            this.refusal = refusal;
        }
    }

    private final int maxOperations;
    private int total;

    private TxnRules(int maxOperations) {
        this.maxOperations = maxOperations;
    }

    /** @return null if the transaction is valid */
    static @Nullable StoreRefusal refusalOf(StoreCommand.Txn txn, int maxOperations) {
        try {
            var rules = new TxnRules(maxOperations);
            rules.checkSize(txn, 1);
            rules.writesOf(txn.then());
            rules.writesOf(txn.otherwise());
            return null;
        } catch (Objection e) {
            return e.refusal;
        }
    }

    private void checkSize(StoreCommand.Txn txn, int depth) throws Objection {
        if (depth > MAX_DEPTH) {
            throw new Objection(new StoreRefusal.Malformed("transactions nested deeper than " + MAX_DEPTH));
        }
        total += txn.compares().size() + txn.then().size() + txn.otherwise().size();
        if (txn.compares().size() > maxOperations
                || txn.then().size() > maxOperations
                || txn.otherwise().size() > maxOperations
                || total > MAX_LISTS * maxOperations) {
            throw new Objection(new StoreRefusal.TooManyOperations(maxOperations));
        }
        for (List<Operation> operations : List.of(txn.then(), txn.otherwise())) {
            for (Operation operation : operations) {
                if (operation instanceof StoreCommand.Txn inner) {
                    checkSize(inner, depth + 1);
                }
            }
        }
    }

    private Writes writesOf(List<Operation> operations) throws Objection {
        Writes writes = new Writes(new HashSet<>(), new ArrayList<>());
        for (Operation operation : operations) {
            if (operation instanceof StoreCommand.DeleteRange delete) {
                writes.deleted.add(delete.keys());
            }
        }
        for (Operation operation : operations) {
            if (operation instanceof StoreCommand.Txn inner) {
                addEither(writes, writesOf(inner.then()), writesOf(inner.otherwise()));
            }
        }
        for (Operation operation : operations) {
            if (operation instanceof StoreCommand.Put put) {
                add(writes, put.key());
            }
        }
        return writes;
    }

    private static void addEither(Writes writes, Writes then, Writes otherwise) throws Objection {
        writes.deleted.addAll(then.deleted);
        writes.deleted.addAll(otherwise.deleted);
        for (Bytes key : then.put) {
            add(writes, key);
        }
        for (Bytes key : otherwise.put) {
            if (!then.put.contains(key)) {
                add(writes, key);
            } else if (writes.deletes(key)) {
                throw new Objection(new StoreRefusal.DuplicateKey(key));
            }
        }
    }

    private static void add(Writes writes, Bytes key) throws Objection {
        if (writes.deletes(key) || !writes.put.add(key)) {
            throw new Objection(new StoreRefusal.DuplicateKey(key));
        }
    }
}
