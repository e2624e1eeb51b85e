package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Ballot;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/**
 * A state that was backed up, as the beginning of another cluster. Keys and revisions stay as they are, and leases with their recorded
 * remaining time; what was replicated about the members of the old cluster is forgotten. The same backup gives the same state
 * everywhere.
 */
public final class RestoredState {

    private final StoreState state;

    private RestoredState(StoreState state) {
        this.state = state;
    }

    /**
     * @param snapshot as {@link StoreView#snapshot()} wrote it
     * @param maxBytes of the new cluster, {@link StoreLimits#maxBytes()}
     * @throws IOException if it cannot be read, or is no snapshot of a store
     */
    public static RestoredState read(InputStream snapshot, long maxBytes) throws IOException {
        var store = new Store(new StoreListener() {});
        new StoreMachine(store).restore(snapshot);
        // not by commands, which need rights where authentication is enabled
        StoreState state = store.snapshot();
        state.members = MemberDescriptions.NONE;
        state.limits = state.limits.withMaxBytes(maxBytes);
        return new RestoredState(state);
    }

    /**
     * What each member of the new cluster has to have promised before it votes: lease clocks take over by ballots that grow, and the
     * state has the ballot of the last one.
     */
    public Ballot promise() {
        return state.leases.clock();
    }

    public StoreView view() {
        return state;
    }

    /** The state in the format of a snapshot, part by part. */
    public Iterator<byte[]> snapshot() {
        return state.snapshot();
    }
}
