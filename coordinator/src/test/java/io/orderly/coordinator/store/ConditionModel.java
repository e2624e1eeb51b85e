package io.orderly.coordinator.store;

import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.List;
import java.util.SortedMap;

/** The specification of the conditions of a transaction. */
final class ConditionModel {

    private ConditionModel() {}

    /** Whether all conditions hold for the keys of a map. A missing key has version 0 and no value. */
    static boolean holds(Txn txn, SortedMap<Bytes, KeyValue> now) {
        return txn.compares().stream().allMatch(compare -> {
            List<KeyValue> present = now.values().stream()
                    .filter(one -> compare.keys().contains(one.key()))
                    .toList();
            return present.isEmpty()
                    ? !(compare.operand() instanceof Compare.Operand.Value)
                            && compare.holdsFor(new KeyValue(Bytes.EMPTY, Bytes.EMPTY, 0, 0, 0, 0))
                    : present.stream().allMatch(compare::holdsFor);
        });
    }
}
