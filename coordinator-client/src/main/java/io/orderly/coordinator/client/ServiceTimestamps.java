package io.orderly.coordinator.client;

import io.grpc.Status;
import io.orderly.coordinator.api.timestamps.AllocateRequest;
import io.orderly.coordinator.api.timestamps.AllocateResponse;
import io.orderly.coordinator.api.timestamps.TimestampsGrpc;
import io.orderly.coordinator.client.RetryRule.Repetition;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The timestamp service of the coordinator, or another source on a cluster without it, such as etcd. The first allocation selects the
 * source permanently, because timestamps of the two are not ordered.
 */
final class ServiceTimestamps implements TimestampSource {

    private enum Origin {
        UNDECIDED,
        SERVICE,
        OTHERWISE
    }

    private final Calls calls;
    private final TimestampSource otherwise;
    private final AtomicReference<Origin> origin = new AtomicReference<>(Origin.UNDECIDED);

    ServiceTimestamps(Calls calls, TimestampSource otherwise) {
        this.calls = calls;
        this.otherwise = otherwise;
    }

    @Override
    public long allocate(int count) {
        if (origin.get() == Origin.OTHERWISE) {
            return otherwise.allocate(count);
        }
        try {
            AllocateRequest request =
                    AllocateRequest.newBuilder().setCount(count).build();
            AllocateResponse response =
                    calls.call("timestamps", TimestampsGrpc.getAllocateMethod(), request, Repetition.SAFE);
            if (response.getCount() != count) {
                throw new CoordinatorException(
                        "requested %d timestamps, received %d".formatted(count, response.getCount()));
            }
            return decide(Origin.SERVICE) == Origin.SERVICE ? response.getFirst() : otherwise.allocate(count);
        } catch (CallFailed e) {
            if (e.failure().code() != Status.Code.UNIMPLEMENTED) {
                throw e.forReader();
            }
            if (decide(Origin.OTHERWISE) == Origin.SERVICE) {
                throw new CoordinatorException(
                        "a member does not have the timestamp service, which has allocated timestamps before: "
                                + e.getMessage());
            }
            return otherwise.allocate(count);
        }
    }

    /** @return the source that was selected first */
    private Origin decide(Origin found) {
        origin.compareAndSet(Origin.UNDECIDED, found);
        return origin.get();
    }
}
