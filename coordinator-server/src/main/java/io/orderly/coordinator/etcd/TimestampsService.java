package io.orderly.coordinator.etcd;

import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.timestamps.AllocateRequest;
import io.orderly.coordinator.api.timestamps.AllocateResponse;
import io.orderly.coordinator.api.timestamps.TimestampsGrpc;

/** Ranges of timestamps. */
final class TimestampsService extends TimestampsGrpc.TimestampsImplBase {

    private final Callers callers;

    TimestampsService(Callers callers) {
        this.callers = callers;
    }

    @Override
    public void allocate(AllocateRequest request, StreamObserver<AllocateResponse> observer) {
        if (request.getCount() <= 0) {
            observer.onError(Refusals.invalid("%s timestamps".formatted(Integer.toUnsignedString(request.getCount())))
                    .asRuntimeException());
            return;
        }
        UnaryAnswer.ofReply(
                callers.current().timestamps(request.getCount()),
                observer,
                range -> AllocateResponse.newBuilder()
                        .setFirst(range.first().toLong())
                        .setCount(range.count())
                        .build());
    }
}
