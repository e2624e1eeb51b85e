package io.orderly.coordinator.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Connections that lose responses: the member executes the request, and the client gets a connection error. */
final class LossyChannels implements Function<String, ManagedChannel> {

    private final AtomicInteger toLose = new AtomicInteger();

    /** Loses the responses to the next transactions. */
    void loseResponses(int count) {
        toLose.set(count);
    }

    @Override
    public ManagedChannel apply(String address) {
        return NettyChannelBuilder.forTarget("dns:///" + address)
                .usePlaintext()
                .intercept(new Loss())
                .build();
    }

    private final class Loss implements ClientInterceptor {

        @Override
        public <Q, R> ClientCall<Q, R> interceptCall(
                MethodDescriptor<Q, R> method, CallOptions options, Channel channel) {
            ClientCall<Q, R> call = channel.newCall(method, options);
            boolean lose = "etcdserverpb.KV/Txn".equals(method.getFullMethodName())
                    && toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            return lose ? losing(call) : call;
        }

        private <Q, R> ClientCall<Q, R> losing(ClientCall<Q, R> call) {
            return new SimpleForwardingClientCall<>(call) {
                @Override
                public void start(Listener<R> listener, Metadata headers) {
                    super.start(
                            new SimpleForwardingClientCallListener<>(listener) {
                                @Override
                                public void onMessage(R message) {
                                    // lost
                                }

                                @Override
                                public void onClose(Status status, Metadata trailers) {
                                    super.onClose(Status.UNAVAILABLE.withDescription("connection reset"), trailers);
                                }
                            },
                            headers);
                }
            };
        }
    }
}
