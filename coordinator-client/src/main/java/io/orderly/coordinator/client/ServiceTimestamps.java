package io.orderly.coordinator.client;

import io.grpc.Status;
import io.orderly.coordinator.api.timestamps.AllocateRequest;
import io.orderly.coordinator.api.timestamps.AllocateResponse;
import io.orderly.coordinator.api.timestamps.TimestampsGrpc;
import io.orderly.coordinator.client.RetryRule.Repetition;

/** The timestamp service of the coordinator; on a cluster that does not have it, as etcd has not, another source. */
final class ServiceTimestamps implements TimestampSource {

    private final Calls calls;
    private final TimestampSource otherwise;
    private volatile boolean unimplemented;

    ServiceTimestamps(Calls calls, TimestampSource otherwise) {
        this.calls = calls;
        this.otherwise = otherwise;
    }

    @Override
    public long allocate(int count) {
        if (unimplemented) {
            return otherwise.allocate(count);
        }
        try {
            AllocateRequest request =
                    AllocateRequest.newBuilder().setCount(count).build();
            AllocateResponse response =
                    calls.call("timestamps", TimestampsGrpc.getAllocateMethod(), request, Repetition.SAFE);
            if (response.getCount() != count) {
                throw new CoordinatorException("asked for %d timestamps, got %d".formatted(count, response.getCount()));
            }
            return response.getFirst();
        } catch (CallFailed e) {
            if (e.failure().code() != Status.Code.UNIMPLEMENTED) {
                throw e.forReader();
            }
            unimplemented = true;
            return otherwise.allocate(count);
        }
    }
}
