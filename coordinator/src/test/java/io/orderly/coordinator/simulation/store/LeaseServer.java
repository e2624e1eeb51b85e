package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.lease.KeepAliveResponse;
import io.orderly.coordinator.lease.LeaseClock;
import io.orderly.coordinator.lease.LeaseClockListener;
import io.orderly.coordinator.lease.LeaseClockSettings;
import io.orderly.coordinator.lease.LeaseEffect;
import io.orderly.coordinator.lease.LeaseInput;
import io.orderly.coordinator.simulation.workload.NodeAccess;
import io.orderly.coordinator.simulation.workload.Reply;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clock of leases on one node, with what it asks for. */
final class LeaseServer {

    static final Duration LONGEST_TICK = Duration.ofMillis(200);

    /** Small batches, and checkpoints that come about with short leases. */
    private static final LeaseClockSettings SETTINGS =
            new LeaseClockSettings(LONGEST_TICK, Duration.ofMillis(500), 3, 16);

    private final NodeAccess core;
    private final LeaseClock clock = new LeaseClock(SETTINGS);
    private final LeaseClockListener feed = new LeaseClockListener(this::take);
    private final Map<Long, Consumer<Reply<Boolean>>> requests = new HashMap<>();
    private final List<LeaseInput> inputs = new ArrayList<>();
    private @Nullable Ballot leads;
    private long lastRequest;
    private boolean isStepping;

    LeaseServer(NodeAccess core) {
        this.core = core;
    }

    /** Hears what the store does. */
    StoreListener feed() {
        return feed;
    }

    /** @param listener told whether the lease is there; it has its full time ahead then */
    void keepAlive(long lease, Consumer<Reply<Boolean>> listener) {
        requests.put(++lastRequest, listener);
        take(new LeaseInput.KeepAlive(lastRequest, lease));
    }

    void tick() {
        take(new LeaseInput.Tick(core.nowNanos()));
    }

    /** The node's role may be another now. */
    void stepped() {
        Status status = core.status();
        Ballot now = status.role() == Status.Role.LEADER ? status.ballot() : null;
        if (leads != null && !leads.equals(now)) {
            take(new LeaseInput.SteppedDown());
        }
        if (now != null && !now.equals(leads)) {
            take(new LeaseInput.BecameLeader(now));
        }
        leads = now;
    }

    private void take(LeaseInput input) {
        inputs.add(input);
        while (!isStepping && !inputs.isEmpty()) {
            List<LeaseInput> all = List.copyOf(inputs);
            inputs.clear();
            isStepping = true;
            clock.step(all).forEach(this::carryOut);
            isStepping = false;
        }
    }

    private void carryOut(LeaseEffect effect) {
        switch (effect) {
            case LeaseEffect.Propose propose ->
                core.propose(
                        CommandCodec.encode(propose.command()),
                        Origin.NODE,
                        (outcome, result) -> take(heard(propose.ticket(), outcome, result)));
            case LeaseEffect.Confirm(long ticket) ->
                core.read(Origin.NODE, (outcome, _) -> take(heard(ticket, outcome, null)));
            case LeaseEffect.Response(long token, KeepAliveResponse answer) ->
                requests.remove(token)
                        .accept(
                                switch (answer) {
                                    case KeepAliveResponse.Renewed _ -> new Reply.Done<>(true);
                                    case KeepAliveResponse.Ended _ -> new Reply.Done<>(false);
                                    case KeepAliveResponse.NotRenewed _ ->
                                        new Reply.Refused<>(core.status().leader());
                                    case KeepAliveResponse.Unknown _ -> new Reply.Unknown<>();
                                });
        }
    }

    private static LeaseInput heard(long ticket, ReplicaOutcome outcome, @Nullable Object result) {
        return switch (outcome) {
            case ReplicaOutcome.Applied _ -> new LeaseInput.Applied(ticket, (StoreResponse) result);
            case ReplicaOutcome.Readable _ -> new LeaseInput.Confirmed(ticket);
            case ReplicaOutcome.NotApplied _ -> new LeaseInput.Refused(ticket);
            case ReplicaOutcome.Unknown _, ReplicaOutcome.HandedOver _ -> new LeaseInput.Unknown(ticket);
        };
    }
}
