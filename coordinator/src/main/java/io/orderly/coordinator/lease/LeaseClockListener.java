package io.orderly.coordinator.lease;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.store.Lease;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tells the clock what the store of its node does. */
public final class LeaseClockListener implements StoreListener {

    private final Consumer<LeaseInput> clock;

    /** @param clock given the inputs in order; they may wait until the step of the node is over, before its outcomes are handed in */
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
