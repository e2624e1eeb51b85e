package io.orderly.coordinator.lease;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.store.Lease;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Passes the changes of leases in the store to the lease clock of its node. */
public final class LeaseClockListener implements StoreListener {

    private final Consumer<LeaseInput> clock;

    /**
     * @param clock receives the inputs in order; they may be delayed until the end of the node's step, before its outcomes are
     * passed on
     */
    public LeaseClockListener(Consumer<LeaseInput> clock) {
        this.clock = clock;
    }

    @Override
    public void leasePromised(Lease lease) {
        clock.accept(new LeaseInput.Promised(lease));
    }

    @Override
    public void leaseEnded(long id) {
        clock.accept(new LeaseInput.Ended(id));
    }

    @Override
    public void clockTookOver(Ballot taking, StoreView state) {
        List<Lease> leases = new ArrayList<>();
        state.leases().forEachRemaining(leases::add);
        clock.accept(new LeaseInput.TookOver(taking, leases));
    }
}
