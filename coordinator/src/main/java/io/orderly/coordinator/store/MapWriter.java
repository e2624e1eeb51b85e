package io.orderly.coordinator.store;

import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out operations on the map: looks for every reason to refuse first, then writes. */
final class MapWriter {

    /** Of what is compacted, a command that finds no room removes this many events at once. More would hold up all others. */
    static final int SWEPT_FOR_ROOM = 16_384;

    private final Keyspace keyspace;
    private final Leases leases;
    private final RangeReader reader;

    MapWriter(Keyspace keyspace, Leases leases) {
        this.keyspace = keyspace;
        this.leases = leases;
        reader = new RangeReader(keyspace);
    }

    /** What it writes is not committed yet. */
    StoreAnswer execute(Operation operation, StoreLimits limits) {
        if (operation instanceof Txn txn) {
            StoreRefusal objection = TxnRules.objectionTo(txn, limits.maxOperations());
            if (objection != null) {
                return refuse(objection);
            }
            Transaction resolved = Transaction.resolve(txn, reader);
            objection = objectionTo(resolved, limits);
            return objection == null ? execute(resolved) : refuse(objection);
        }
        StoreRefusal objection = objectionTo(Transaction.of(operation), limits);
        return objection == null ? execute(operation) : refuse(objection);
    }

    /** Deletes what is attached to a lease. It is not committed yet. */
    void deleteKeysOf(long lease) {
        leases.keysOf(lease).forEach(this::delete);
    }

    private StoreAnswer refuse(StoreRefusal refusal) {
        return new StoreAnswer.Refused(keyspace.revision(), refusal);
    }

    private @Nullable StoreRefusal objectionTo(Transaction transaction, StoreLimits limits) {
        var check = new Check(limits);
        check.look(transaction);
        if (check.objection == null && check.addedBytes > 0) {
            check.objection = objectionTo(check.addedBytes, limits.maxBytes());
        }
        return check.objection;
    }

    private @Nullable StoreRefusal objectionTo(long addedBytes, long maxBytes) {
        if (keyspace.sizeInBytes() + addedBytes > maxBytes) {
            keyspace.sweep(SWEPT_FOR_ROOM);
        }
        return keyspace.sizeInBytes() + addedBytes > maxBytes
                ? new StoreRefusal.StoreFull(keyspace.sizeInBytes(), maxBytes)
                : null;
    }

    private StoreAnswer.Txn execute(Transaction transaction) {
        List<StoreAnswer> answers = new ArrayList<>(transaction.operations().size());
        Iterator<Transaction> inner = transaction.inner().iterator();
        for (Operation operation : transaction.operations()) {
            answers.add(operation instanceof Txn ? execute(inner.next()) : execute(operation));
        }
        return new StoreAnswer.Txn(keyspace.revisionInProgress(), transaction.succeeded(), List.copyOf(answers));
    }

    private StoreAnswer execute(Operation operation) {
        return switch (operation) {
            case Operation.Range range -> reader.read(range);
            case Put put -> put(put);
            case DeleteRange delete -> delete(delete);
            case Txn txn -> throw new IllegalArgumentException("not resolved: " + txn);
        };
    }

    private StoreAnswer put(Put put) {
        KeyValue present = put.keepValue() || put.keepLease() ? keyspace.get(put.key()) : null;
        Bytes value = put.keepValue() && present != null ? present.value() : put.value();
        long lease = put.keepLease() && present != null ? present.lease() : put.lease();
        KeyValue previous = keyspace.put(put.key(), value, lease);
        leases.move(put.key(), previous == null ? 0 : previous.lease(), lease);
        return new StoreAnswer.Put(keyspace.revisionInProgress(), put.tellPrevious() ? previous : null);
    }

    private StoreAnswer delete(DeleteRange delete) {
        List<KeyValue> previous = new ArrayList<>();
        List<Bytes> keys = reader.keys(delete.keys());
        for (Bytes key : keys) {
            KeyValue gone = delete(key);
            if (delete.tellPrevious() && gone != null) {
                previous.add(gone);
            }
        }
        return new StoreAnswer.DeleteRange(keyspace.revisionInProgress(), keys.size(), List.copyOf(previous));
    }

    private @Nullable KeyValue delete(Bytes key) {
        KeyValue gone = keyspace.delete(key);
        if (gone != null) {
            leases.move(key, gone.lease(), 0);
        }
        return gone;
    }

    /** One look at all that is to be done, before any of it is. */
    private final class Check {

        private final StoreLimits limits;
        private @Nullable StoreRefusal objection;
        private long addedBytes;

        Check(StoreLimits limits) {
            this.limits = limits;
        }

        void look(Transaction transaction) {
            Iterator<Transaction> inner = transaction.inner().iterator();
            for (Operation operation : transaction.operations()) {
                if (objection != null) {
                    return;
                }
                switch (operation) {
                    case Operation.Range range -> objection = keyspace.objectionTo(range.options());
                    case Put put -> look(put);
                    case DeleteRange _ -> {}
                    case Txn _ -> look(inner.next());
                }
            }
        }

        private void look(Put put) {
            KeyValue present = put.keepValue() || put.keepLease() ? keyspace.get(put.key()) : null;
            int size = present != null && put.keepValue()
                    ? present.value().size()
                    : put.value().size();
            if (put.key().isEmpty()) {
                objection = new StoreRefusal.EmptyKey();
            } else if (put.key().size() > limits.maxKeyBytes()) {
                objection = new StoreRefusal.KeyTooLarge(put.key().size(), limits.maxKeyBytes());
            } else if (put.value().size() > limits.maxValueBytes()) {
                objection = new StoreRefusal.ValueTooLarge(put.value().size(), limits.maxValueBytes());
            } else if (put.keepValue() && !put.value().isEmpty() || put.keepLease() && put.lease() != 0) {
                objection = new StoreRefusal.ValueOrLeaseGiven();
            } else if ((put.keepValue() || put.keepLease()) && present == null) {
                objection = new StoreRefusal.KeyNotFound(put.key());
            } else if (put.lease() != 0 && leases.get(put.lease()) == null) {
                objection = new StoreRefusal.LeaseNotFound(put.lease());
            }
            addedBytes += Keyspace.sizeOf(put.key(), size);
        }
    }
}
