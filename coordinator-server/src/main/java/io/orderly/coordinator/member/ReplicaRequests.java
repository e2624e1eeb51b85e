package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.Input;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.node.OutcomeListener;
import io.orderly.coordinator.server.ReplicaAccess;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the requests to the replica of this member for its next step, and passes the outcomes to their listeners. */
final class ReplicaRequests implements ReplicaAccess, OutcomeListener<StoreResponse> {

    private final Supplier<Status> status;
    private final LongSupplier nowNanos;
    private final Map<Long, OutcomeListener<StoreResponse>> listeners = new HashMap<>();
    private List<Input> inputs = new ArrayList<>();
    private long lastToken;

    /** @param nowNanos the time of the turn */
    ReplicaRequests(Supplier<Status> status, LongSupplier nowNanos) {
        this.status = status;
        this.nowNanos = nowNanos;
    }

    /** Adds an input that has no outcome. */
    void add(Input input) {
        inputs.add(input);
    }

    boolean isEmpty() {
        return inputs.isEmpty();
    }

    /** @return the inputs since the last call, in order */
    List<Input> take() {
        List<Input> taken = inputs;
        inputs = new ArrayList<>();
        return taken;
    }

    @Override
    public Status status() {
        return status.get();
    }

    @Override
    public long nowNanos() {
        return nowNanos.getAsLong();
    }

    @Override
    public void propose(byte[] command, Origin origin, OutcomeListener<StoreResponse> listener) {
        inputs.add(new Input.Propose(tokenOf(listener), command, origin));
    }

    @Override
    public void read(Origin origin, OutcomeListener<StoreResponse> listener) {
        inputs.add(new Input.Read(tokenOf(listener), origin));
    }

    void change(MembershipRequest request, OutcomeListener<StoreResponse> listener) {
        inputs.add(new Input.ChangeMembership(tokenOf(listener), request));
    }

    void transfer(NodeId target, OutcomeListener<StoreResponse> listener) {
        inputs.add(new Input.TransferLeadership(tokenOf(listener), target));
    }

    private long tokenOf(OutcomeListener<StoreResponse> listener) {
        listeners.put(++lastToken, listener);
        return lastToken;
    }

    @Override
    public void completed(ReplicaOutcome outcome, @Nullable StoreResponse result) {
        OutcomeListener<StoreResponse> listener = listeners.remove(outcome.token());
        if (listener != null) {
            listener.completed(outcome, result);
        }
    }
}
