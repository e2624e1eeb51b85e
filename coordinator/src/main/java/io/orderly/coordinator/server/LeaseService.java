package io.orderly.coordinator.server;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.lease.KeepAliveResponse;
import io.orderly.coordinator.lease.LeaseClock;
import io.orderly.coordinator.lease.LeaseClockListener;
import io.orderly.coordinator.lease.LeaseClockSettings;
import io.orderly.coordinator.lease.LeaseEffect;
import io.orderly.coordinator.lease.LeaseInput;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the lease clock of this node: feeds it, and carries out its effects. */
final class LeaseService {

    private final ReplicaAccess replica;
    private final LeaseClock clock;
    private final LeaseClockListener storeListener = new LeaseClockListener(this::take);
    private final Map<Long, Consumer<Reply<OptionalLong>>> requests = new HashMap<>();
    private final List<LeaseInput> inputs = new ArrayList<>();

    /** The ballot under which this node led after the last step; null if it did not lead. */
    private @Nullable Ballot ledUnder;

    private long lastRequest;
    private boolean isStepping;

    LeaseService(ReplicaAccess replica, LeaseClockSettings settings) {
        this.replica = replica;
        clock = new LeaseClock(settings);
    }

    /** To be called with what the store applies. */
    StoreListener storeListener() {
        return storeListener;
    }

    /** @param listener receives the full time to live that the lease has again, in milliseconds; empty if it does not exist */
    void keepAlive(long lease, Consumer<Reply<OptionalLong>> listener) {
        requests.put(++lastRequest, listener);
        take(new LeaseInput.KeepAlive(lastRequest, lease));
    }

    /** The remaining time of a lease; empty if this node does not count it. */
    OptionalLong remainingMillis(long lease) {
        return clock.remainingMillis(lease);
    }

    void tick() {
        take(new LeaseInput.Tick(replica.nowNanos()));
    }

    /** The replica took a step; its role may have changed. */
    void stepped() {
        Status status = replica.status();
        Ballot leadsUnder = status.role() == Status.Role.LEADER ? status.ballot() : null;
        if (ledUnder != null && !ledUnder.equals(leadsUnder)) {
            take(new LeaseInput.SteppedDown());
        }
        if (leadsUnder != null && !leadsUnder.equals(ledUnder)) {
            take(new LeaseInput.BecameLeader(leadsUnder));
        }
        ledUnder = leadsUnder;
    }

    /** All replies of a step are given, even if a listener throws; its exception is thrown at the end. */
    private void take(LeaseInput input) {
        inputs.add(input);
        if (isStepping) {
            return;
        }
        Failures failures = new Failures();
        isStepping = true;
        try {
            while (!inputs.isEmpty()) {
                List<LeaseInput> batch = List.copyOf(inputs);
                inputs.clear();
                clock.step(batch).forEach(effect -> carryOut(effect, failures));
            }
        } finally {
            isStepping = false;
        }
        failures.rethrow();
    }

    private void carryOut(LeaseEffect effect, Failures failures) {
        switch (effect) {
            case LeaseEffect.Propose propose ->
                replica.propose(
                        CommandCodec.encode(propose.command()),
                        Origin.NODE,
                        (outcome, response) -> take(inputOf(propose.ticket(), outcome, response)));
            case LeaseEffect.Confirm(long ticket) ->
                replica.read(Origin.NODE, (outcome, _) -> take(inputOf(ticket, outcome, null)));
            case LeaseEffect.Response(long token, KeepAliveResponse response) -> {
                Consumer<Reply<OptionalLong>> listener = requests.remove(token);
                failures.collect(() -> listener.accept(replyOf(response)));
            }
        }
    }

    private Reply<OptionalLong> replyOf(KeepAliveResponse response) {
        return switch (response) {
            case KeepAliveResponse.Renewed(long ttlMillis) -> new Reply.Completed<>(OptionalLong.of(ttlMillis));
            case KeepAliveResponse.Ended _ -> new Reply.Completed<>(OptionalLong.empty());
            case KeepAliveResponse.NotRenewed _ ->
                new Reply.Refused<>(new Refusal.NotLeader(replica.status().leader()));
            case KeepAliveResponse.Unknown _ -> new Reply.Unknown<>();
        };
    }

    private static LeaseInput inputOf(long ticket, ReplicaOutcome outcome, @Nullable StoreResponse response) {
        return switch (outcome) {
            case ReplicaOutcome.Applied applied
            when response == null -> throw new IllegalArgumentException(applied + " without a response");
            case ReplicaOutcome.Applied _ -> new LeaseInput.Applied(ticket, response);
            case ReplicaOutcome.Readable _ -> new LeaseInput.Confirmed(ticket);
            case ReplicaOutcome.NotApplied _ -> new LeaseInput.Refused(ticket);
            case ReplicaOutcome.Unknown _, ReplicaOutcome.HandedOver _ -> new LeaseInput.Unknown(ticket);
        };
    }
}
