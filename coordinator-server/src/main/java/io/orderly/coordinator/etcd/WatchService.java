package io.orderly.coordinator.etcd;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;
import io.orderly.coordinator.member.Coordinator;

/** Watches: any number of them on one stream. */
final class WatchService extends WatchGrpc.WatchImplBase {

    private final Coordinator coordinator;
    private final Headers headers;
    private final EventMessages eventMessages = new EventMessages();

    WatchService(Coordinator coordinator, Headers headers) {
        this.coordinator = coordinator;
        this.headers = headers;
    }

    @Override
    public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> observer) {
        return new WatchCall(coordinator, headers, eventMessages, (ServerCallStreamObserver<WatchResponse>) observer);
    }
}
