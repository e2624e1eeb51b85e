package io.orderly.coordinator.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;

/** Opens streams for watches, each for one. */
final class WatchStreams {

    private static final Metadata.Key<String> HAS_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

    private final Channels channels;

    WatchStreams(Channels channels) {
        this.channels = channels;
    }

    /** Its methods are called one at a time, {@code ended} once and last. */
    interface Receiver {

        void received(WatchResponse response);

        void ended();
    }

    interface Stream {

        /** Its receiver may still be called once or twice. */
        void cancel();
    }

    /** Opens a stream to the current member. A member without a leader ends it, since it may be cut off from the others. */
    Stream open(io.orderly.coordinator.watch.WatchRequest request, Receiver receiver) {
        Channels.Member member = channels.current();
        Metadata headers = new Metadata();
        headers.put(HAS_LEADER, "true");
        Channel channel =
                ClientInterceptors.intercept(member.channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
        StreamObserver<WatchRequest> requests = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(WatchGrpc.getWatchMethod(), CallOptions.DEFAULT), new StreamObserver<WatchResponse>() {
                    @Override
                    public void onNext(WatchResponse response) {
                        receiver.received(response);
                    }

                    @Override
                    public void onError(Throwable cause) {
                        if (Status.fromThrowable(cause).getCode() != Status.Code.CANCELLED) {
                            channels.failed(member);
                        }
                        receiver.ended();
                    }

                    @Override
                    public void onCompleted() {
                        receiver.ended();
                    }
                });
        requests.onNext(WatchRequest.newBuilder()
                .setCreateRequest(EtcdRequests.watch(request))
                .build());
        return () -> ((ClientCallStreamObserver<WatchRequest>) requests).cancel("the watch is closed", null);
    }
}
