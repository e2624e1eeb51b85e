package io.orderly.coordinator.client;

import io.grpc.Status;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.RangeResponse;
import io.orderly.coordinator.client.RetryRule.Repetition;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreResponse;
import java.time.Duration;

/** Reads ranges. */
final class Reads {

    private final Calls calls;
    private final SeenRevision seen;
    private final ClientObserver observer;

    Reads(Calls calls, SeenRevision seen, ClientObserver observer) {
        this.calls = calls;
        this.seen = seen;
        this.observer = observer;
    }

    StoreResponse.Range linearizable(Operation.Range range) {
        try {
            return read(range, false);
        } catch (CallFailed e) {
            throw e.forReader();
        }
    }

    StoreResponse.Range linearizable(Operation.Range range, Duration timeout) throws CallFailed {
        RangeResponse response =
                calls.call("read", KVGrpc.getRangeMethod(), EtcdRequests.range(range, false), Repetition.SAFE, timeout);
        return seen(response);
    }

    /** Reads the member's own state, or linearizably if that is older than a revision that the client has seen. */
    StoreResponse.Range inSession(Operation.Range range) {
        try {
            long seenBefore = seen.highest();
            try {
                StoreResponse.Range local = read(range, true);
                if (SeenRevision.isFresh(local.revision(), seenBefore)) {
                    return local;
                }
            } catch (CallFailed e) {
                // a member that lags does not have the requested revision yet
                if (e.failure().code() != Status.Code.OUT_OF_RANGE) {
                    throw e;
                }
            }
            observer.staleRead();
            return read(range, false);
        } catch (CallFailed e) {
            throw e.forReader();
        }
    }

    private StoreResponse.Range read(Operation.Range range, boolean serializable) throws CallFailed {
        RangeResponse response = calls.call(
                serializable ? "read-local" : "read",
                KVGrpc.getRangeMethod(),
                EtcdRequests.range(range, serializable),
                Repetition.SAFE);
        return seen(response);
    }

    private StoreResponse.Range seen(RangeResponse response) {
        seen.saw(response.getHeader().getRevision());
        return EtcdResponses.range(response);
    }
}
