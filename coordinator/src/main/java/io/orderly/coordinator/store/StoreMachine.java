package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.node.StateMachine;
import java.io.InputStream;
import java.util.Iterator;

/** Connects the store to the log: decodes and applies entries, writes and reads snapshots. */
public final class StoreMachine implements StateMachine<StoreResponse> {

    private final Store store;

    public StoreMachine(Store store) {
        this.store = store;
    }

    /**
     * @return the response; {@code Done} for an entry that is no command
     * @throws NewerFormatException if a newer program wrote the command; the node must stop
     */
    @Override
    public StoreResponse apply(Entry entry) {
        return switch (entry.payload()) {
            case Payload.Command(byte[] bytes) -> apply(bytes);
            case Payload.NoOp _, Payload.MembershipChange _ ->
                new StoreResponse.Done(store.now().revision());
        };
    }

    @Override
    public long steps() {
        return store.totalSteps();
    }

    private StoreResponse apply(byte[] bytes) {
        StoreCommand command;
        try {
            command = CommandCodec.decode(bytes);
        } catch (MalformedException e) {
            // the entry is in the log of every node, and all nodes skip it; a failure here would recur at each start
            return new StoreResponse.Refused(
                    store.now().revision(), new StoreRefusal.Malformed(String.valueOf(e.getMessage())));
        }
        return store.apply(command);
    }

    @Override
    public Iterator<byte[]> snapshot() {
        return new SnapshotEncoder(store.snapshot());
    }

    @Override
    public Restoration restoration(InputStream snapshot) {
        var decoder = new SnapshotDecoder(snapshot);
        return () -> {
            StoreState restored = decoder.step();
            if (restored != null) {
                store.restore(restored);
            }
            return restored != null;
        };
    }
}
