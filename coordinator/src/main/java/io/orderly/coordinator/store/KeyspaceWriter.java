package io.orderly.coordinator.store;

import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Executes operations on the map: it validates the whole command first, then writes. */
final class KeyspaceWriter {

    /** How many events of a compaction a command removes if the store is full. More would delay all other commands. */
    static final int SWEEP_EVENTS_IF_FULL = 16_384;

    private final Keyspace keyspace;
    private final Leases leases;

    /** The work of the current command, or of the last one. */
    private Work work = new Work();

    /** Of the commands before that. */
    private long stepsBefore;

    KeyspaceWriter(Keyspace keyspace, Leases leases) {
        this.keyspace = keyspace;
        this.leases = leases;
    }

    /** Executes an operation; its writes are not committed yet. */
    StoreResponse execute(Operation operation, StoreLimits limits) {
        return executeWithin(operation, limits, Work.MAX_STEPS)
                .orElseGet(() -> refuse(new StoreRefusal.TooMuchWork(Work.MAX_STEPS)));
    }

    /** @return empty if it would take more steps */
    Optional<StoreResponse> executeWithin(Operation operation, StoreLimits limits, long maxSteps) {
        stepsBefore += work.done();
        work = new Work(maxSteps);
        try {
            return Optional.of(executeLimited(operation, limits));
        } catch (Work.LimitExceeded _) {
            return Optional.empty();
        }
    }

    /** The steps that the last command took. */
    long steps() {
        return work.done();
    }

    /** The steps of all commands so far, with the keys of leases that ended. */
    long totalSteps() {
        return stepsBefore + work.done();
    }

    private StoreResponse executeLimited(Operation operation, StoreLimits limits) {
        if (operation instanceof Txn txn) {
            StoreRefusal refusal = TxnRules.refusalOf(txn, limits.maxOperations());
            if (refusal != null) {
                return refuse(refusal);
            }
            ResolvedTxn resolved = ResolvedTxn.resolve(txn, new RangeReader(keyspace, work::spend));
            refusal = refusalOf(resolved, limits);
            return refusal == null ? execute(resolved) : refuse(refusal);
        }
        StoreRefusal refusal = refusalOf(ResolvedTxn.of(operation), limits);
        return refusal == null ? execute(operation) : refuse(refusal);
    }

    /** Deletes the keys attached to a lease. This is not committed yet. */
    void deleteKeysOf(long lease) {
        leases.keysOf(lease).forEach(this::delete);
    }

    private StoreResponse refuse(StoreRefusal refusal) {
        return new StoreResponse.Refused(keyspace.revision(), refusal);
    }

    private @Nullable StoreRefusal refusalOf(ResolvedTxn transaction, StoreLimits limits) {
        var check = new Check(limits);
        check.look(transaction);
        if (check.refusal == null && check.addedBytes > 0) {
            check.refusal = refusalOf(check.addedBytes, limits.maxBytes());
        }
        return check.refusal;
    }

    private @Nullable StoreRefusal refusalOf(long addedBytes, long maxBytes) {
        if (keyspace.sizeInBytes() + addedBytes > maxBytes) {
            keyspace.sweep(SWEEP_EVENTS_IF_FULL);
        }
        return keyspace.sizeInBytes() + addedBytes > maxBytes
                ? new StoreRefusal.StoreFull(keyspace.sizeInBytes(), maxBytes)
                : null;
    }

    private StoreResponse.Txn execute(ResolvedTxn transaction) {
        List<StoreResponse> answers = new ArrayList<>(transaction.operations().size());
        Iterator<ResolvedTxn> inner = transaction.inner().iterator();
        for (Operation operation : transaction.operations()) {
            answers.add(operation instanceof Txn ? execute(inner.next()) : execute(operation));
        }
        return new StoreResponse.Txn(keyspace.revisionInProgress(), transaction.succeeded(), List.copyOf(answers));
    }

    private StoreResponse execute(Operation operation) {
        return switch (operation) {
            case Operation.Range range -> counted().read(range);
            case Put put -> put(put);
            case DeleteRange delete -> delete(delete);
            case Txn txn -> throw new IllegalArgumentException("not resolved: " + txn);
        };
    }

    /** Reads what {@link Check} has counted. */
    private RangeReader counted() {
        return new RangeReader(keyspace, work::record);
    }

    private StoreResponse put(Put put) {
        KeyValue present = put.ignoreValue() || put.ignoreLease() ? keyspace.get(put.key()) : null;
        Bytes value = put.ignoreValue() && present != null ? present.value() : put.value();
        long lease = put.ignoreLease() && present != null ? present.lease() : put.lease();
        work.record(Work.STEPS_PER_WRITE);
        KeyValue previous = keyspace.put(put.key(), value, lease);
        leases.move(put.key(), previous == null ? 0 : previous.lease(), lease);
        return new StoreResponse.Put(keyspace.revisionInProgress(), put.returnPrevious() ? previous : null);
    }

    private StoreResponse delete(DeleteRange delete) {
        List<KeyValue> previous = new ArrayList<>();
        List<Bytes> keys = counted().keys(delete.keys());
        for (Bytes key : keys) {
            KeyValue gone = delete(key);
            if (delete.returnPrevious() && gone != null) {
                previous.add(gone);
            }
        }
        return new StoreResponse.DeleteRange(keyspace.revisionInProgress(), keys.size(), List.copyOf(previous));
    }

    private @Nullable KeyValue delete(Bytes key) {
        work.record(Work.STEPS_PER_WRITE);
        KeyValue gone = keyspace.delete(key);
        if (gone != null) {
            leases.move(key, gone.lease(), 0);
        }
        return gone;
    }

    /** Validates a transaction before any of it is executed. */
    private final class Check {

        private final StoreLimits limits;
        private @Nullable StoreRefusal refusal;
        private long addedBytes;

        Check(StoreLimits limits) {
            this.limits = limits;
        }

        void look(ResolvedTxn transaction) {
            Iterator<ResolvedTxn> inner = transaction.inner().iterator();
            for (Operation operation : transaction.operations()) {
                if (refusal != null) {
                    return;
                }
                switch (operation) {
                    case Operation.Range range -> look(range);
                    case Put put -> look(put);
                    case DeleteRange delete -> {
                        long keys = count(delete.keys());
                        work.reserve(keys + keys * Work.STEPS_PER_WRITE);
                    }
                    case Txn _ -> look(inner.next());
                }
            }
        }

        private void look(Operation.Range range) {
            refusal = keyspace.refusalOf(range.options());
            if (refusal == null) {
                long keys = count(range.keys());
                work.reserve(keys + (range.options().sort().equals(Sort.BY_KEY) ? 0 : Work.ofSorting(keys)));
            }
        }

        private long count(KeyRange keys) {
            return keys.isSingle() ? 1 : new RangeReader(keyspace, work::spend).count(keys);
        }

        private void look(Put put) {
            KeyValue present = put.ignoreValue() || put.ignoreLease() ? keyspace.get(put.key()) : null;
            int size = present != null && put.ignoreValue()
                    ? present.value().size()
                    : put.value().size();
            if (put.key().isEmpty()) {
                refusal = new StoreRefusal.EmptyKey();
            } else if (put.key().size() > limits.maxKeyBytes()) {
                refusal = new StoreRefusal.KeyTooLarge(put.key().size(), limits.maxKeyBytes());
            } else if (put.value().size() > limits.maxValueBytes()) {
                refusal = new StoreRefusal.ValueTooLarge(put.value().size(), limits.maxValueBytes());
            } else if (put.ignoreValue() && !put.value().isEmpty() || put.ignoreLease() && put.lease() != 0) {
                refusal = new StoreRefusal.ValueOrLeaseGiven();
            } else if ((put.ignoreValue() || put.ignoreLease()) && present == null) {
                refusal = new StoreRefusal.KeyNotFound(put.key());
            } else if (put.lease() != 0 && leases.get(put.lease()) == null) {
                refusal = new StoreRefusal.LeaseNotFound(put.lease());
            }
            work.reserve(Work.STEPS_PER_WRITE);
            addedBytes += Keyspace.sizeOf(put.key(), size);
        }
    }
}
