package io.orderly.coordinator.client;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key of a session that identifies one write at a time. The write is a transaction that also puts the key, on the condition that the key
 * was put exactly {@code writes} times before. So it takes effect once, however often and late it is sent, and an attempt that finds the
 * key put once more knows that an earlier one took effect: at the revision of the key, and with the branch that is the key's value.
 *
 * <p>The key is attached to the session's lease. After the lease has ended no attempt can take effect, since a put with an ended lease is
 * refused.
 *
 * <p>This holds as long as only the client writes the key. If it is deleted otherwise, for instance by an operator, a repeated attempt at
 * the first write of the lane takes effect again, and the outcome of a later write is unknown. A deletion of a range that includes the key
 * is refused in the client's own guarded writes: a transaction cannot put and delete the same key.
 *
 * @param key exclusive to this lane
 * @param lease of the session
 * @param writes that were made with this key
 */
record Lane(Bytes key, long lease, long writes) {

    private static final Bytes THEN = Bytes.utf8("1");
    private static final Bytes OTHERWISE = Bytes.utf8("0");

    /** The conclusion from the response to an attempt. */
    sealed interface Finding {

        /** @param answers empty if an earlier attempt took effect */
        record Applied(long revision, boolean succeeded, Optional<List<StoreResponse>> answers) implements Finding {}

        /** The key is gone with the session's lease. This attempt has had no effect; an earlier one may have. */
        record SessionEnded() implements Finding {}
    }

    /** The lane for the next write. */
    Lane next() {
        return new Lane(key, lease, writes + 1);
    }

    StoreCommand.Txn guard(StoreCommand.Txn write) {
        List<Operation> guarded;
        if (write.compares().isEmpty()) {
            guarded = with(write.then(), THEN);
        } else {
            guarded = List.of(new StoreCommand.Txn(
                    write.compares(), with(write.then(), THEN), with(write.otherwise(), OTHERWISE)));
        }
        Compare notYet = new Compare(KeyRange.of(key), Compare.Relation.EQUAL, new Compare.Operand.Version(writes));
        return new StoreCommand.Txn(List.of(notYet), guarded, List.of(Operation.Range.of(key)));
    }

    Finding read(StoreCommand.Txn write, StoreResponse.Txn response) {
        if (response.succeeded()) {
            if (write.compares().isEmpty()) {
                return new Finding.Applied(response.revision(), true, Optional.of(withoutGuard(response.answers())));
            }
            StoreResponse.Txn nested = (StoreResponse.Txn) response.answers().getFirst();
            return new Finding.Applied(
                    response.revision(), nested.succeeded(), Optional.of(withoutGuard(nested.answers())));
        }
        List<KeyValue> found = ((StoreResponse.Range) response.answers().getFirst()).keyValues();
        if (found.isEmpty()) {
            return new Finding.SessionEnded();
        }
        KeyValue own = found.getFirst();
        if (own.version() != writes + 1) {
            throw new IllegalStateException(
                    "key %s was put %d times, not %d: it is not exclusive".formatted(key, own.version(), writes + 1));
        }
        return new Finding.Applied(own.modRevision(), own.value().equals(THEN), Optional.empty());
    }

    private List<Operation> with(List<Operation> operations, Bytes branch) {
        List<Operation> all = new ArrayList<>(operations);
        all.add(StoreCommand.Put.of(key, branch, lease));
        return all;
    }

    private static List<StoreResponse> withoutGuard(List<StoreResponse> answers) {
        return List.copyOf(answers.subList(0, answers.size() - 1));
    }
}
