package io.orderly.coordinator.store;

import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The specification of what is refused for its form, whatever the store contains. */
final class FormModel {

    private final int maxOperations;

    FormModel(int maxOperations) {
        this.maxOperations = maxOperations;
    }

    @Nullable StoreRefusal refusalOf(Operation operation) {
        StoreRefusal refusal = size(operation) > 4 * maxOperations
                ? new StoreRefusal.TooManyOperations(maxOperations)
                : tooMany(operation);
        return refusal == null && operation instanceof Txn txn ? duplicates(txn) : refusal;
    }

    private static int size(Operation operation) {
        int size = 0;
        if (operation instanceof Txn txn) {
            size = txn.compares().size() + txn.then().size() + txn.otherwise().size();
            for (List<Operation> list : List.of(txn.then(), txn.otherwise())) {
                for (Operation one : list) {
                    size += size(one);
                }
            }
        }
        return size;
    }

    private @Nullable StoreRefusal tooMany(Operation operation) {
        if (operation instanceof Txn txn) {
            for (List<?> list : List.of(txn.compares(), txn.then(), txn.otherwise())) {
                if (list.size() > maxOperations) {
                    return new StoreRefusal.TooManyOperations(maxOperations);
                }
            }
            for (List<Operation> list : List.of(txn.then(), txn.otherwise())) {
                for (Operation one : list) {
                    StoreRefusal inner = tooMany(one);
                    if (inner != null) {
                        return inner;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable StoreRefusal duplicates(Txn txn) {
        for (List<Operation> list : List.of(txn.then(), txn.otherwise())) {
            Set<Bytes> puts = new HashSet<>();
            StoreRefusal found = duplicates(list, puts, new ArrayList<>());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable StoreRefusal duplicates(List<Operation> list, Set<Bytes> puts, List<KeyRange> deletes) {
        list.stream().filter(DeleteRange.class::isInstance).forEach(one -> deletes.add(((DeleteRange) one).keys()));
        for (Operation one : list) {
            if (one instanceof Txn inner) {
                Set<Bytes> then = new HashSet<>();
                Set<Bytes> otherwise = new HashSet<>();
                StoreRefusal found = duplicates(inner.then(), then, deletes);
                found = found == null ? duplicates(inner.otherwise(), otherwise, deletes) : found;
                if (found != null) {
                    return found;
                }
                Set<Bytes> either = new HashSet<>(then);
                either.addAll(otherwise);
                for (Bytes key : either) {
                    if (!puts.add(key) || deletes.stream().anyMatch(range -> range.contains(key))) {
                        return new StoreRefusal.DuplicateKey(key);
                    }
                }
            }
        }
        for (Operation one : list) {
            if (one instanceof Put put
                    && (!puts.add(put.key()) || deletes.stream().anyMatch(range -> range.contains(put.key())))) {
                return new StoreRefusal.DuplicateKey(put.key());
            }
        }
        return null;
    }
}
