package io.orderly.coordinator.compatibility;

import io.grpc.stub.StreamObserver;

/** In place of the requests of a call whose single request is sent already. */
final class NoRequests<Q> implements StreamObserver<Q> {

    @Override
    public void onNext(Q request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onError(Throwable failure) {
        // the call ends with its connection
    }

    @Override
    public void onCompleted() {
        // there was one request only
    }
}
