package io.orderly.coordinator.etcd;

import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.LockGrpc;
import io.orderly.coordinator.api.etcd.LockRequest;
import io.orderly.coordinator.api.etcd.LockResponse;
import io.orderly.coordinator.api.etcd.UnlockRequest;
import io.orderly.coordinator.api.etcd.UnlockResponse;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreCommand;

/** Locks. The key of a holder is under {@code <name>/}, and its create revision is the fencing token. */
final class LockService extends LockGrpc.LockImplBase {

    private final Callers callers;
    private final Headers headers;

    LockService(Callers callers, Headers headers) {
        this.callers = callers;
        this.headers = headers;
    }

    @Override
    public void lock(LockRequest request, StreamObserver<LockResponse> observer) {
        QueueCall.begin(
                callers.current(),
                ByteStrings.queuePrefix(request.getName()),
                request.getLease(),
                Bytes.EMPTY,
                observer,
                (_, key, _) -> LockResponse.newBuilder()
                        .setHeader(headers.now())
                        .setKey(ByteStrings.byteString(key))
                        .build());
    }

    @Override
    public void unlock(UnlockRequest request, StreamObserver<UnlockResponse> observer) {
        if (request.getKey().isEmpty()) {
            observer.onError(Refusals.withoutCode(EtcdError.EMPTY_KEY.status()).asRuntimeException());
            return;
        }
        UnaryAnswer.ofReply(
                callers.current().execute(StoreCommand.DeleteRange.of(ByteStrings.bytes(request.getKey()))),
                observer,
                response -> UnlockResponse.newBuilder()
                        .setHeader(headers.at(Refusals.accepted(response).revision()))
                        .build());
    }
}
