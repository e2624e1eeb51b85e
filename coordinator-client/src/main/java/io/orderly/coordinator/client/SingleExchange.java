package io.orderly.coordinator.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One request and one response on a bidirectional stream, which is then closed. */
final class SingleExchange {

    private SingleExchange() {}

    /** @throws StatusRuntimeException if the stream ends without a response, or at the deadline of the options */
    static <Q, R> R of(Channel channel, MethodDescriptor<Q, R> method, Q request, CallOptions options) {
        CompletableFuture<R> response = new CompletableFuture<>();
        ClientCall<Q, R> call = channel.newCall(method, options);
        StreamObserver<Q> requests = ClientCalls.asyncBidiStreamingCall(call, new StreamObserver<R>() {
            @Override
            public void onNext(R value) {
                response.complete(value);
            }

            @Override
            public void onError(Throwable cause) {
                response.completeExceptionally(Status.fromThrowable(cause).asRuntimeException());
            }

            @Override
            public void onCompleted() {
                response.completeExceptionally(Calls.withoutResponse());
            }
        });
        try {
            requests.onNext(request);
            return response.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StatusRuntimeException status ? status : e;
        } finally {
            ((ClientCallStreamObserver<Q>) requests).cancel("answered", null);
        }
    }
}
