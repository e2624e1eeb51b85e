package io.orderly.coordinator.etcd;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;

/** Watches: any number of them on one stream. */
final class WatchService extends WatchGrpc.WatchImplBase {

    private final Callers callers;
    private final Headers headers;
    private final EventMessages eventMessages = new EventMessages();

    WatchService(Callers callers, Headers headers) {
        this.callers = callers;
        this.headers = headers;
    }

    @Override
    public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> observer) {
        return new WatchCall(
                callers.current(), headers, eventMessages, (ServerCallStreamObserver<WatchResponse>) observer);
    }
}
