package io.orderly.coordinator.etcd;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.orderly.clock.HybridClock;
import io.orderly.coordinator.member.HybridTime;
import java.util.Locale;

/** Answers calls whose metadata has a hybrid time with that of this member, in the headers of the response. Others cost nothing. */
final class HybridTimeMetadata implements ServerInterceptor {

    static final Metadata.Key<String> KEY =
            Metadata.Key.of(HybridTime.HEADER.toLowerCase(Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER);

    private final HybridClock clock;

    HybridTimeMetadata(HybridClock clock) {
        this.clock = clock;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
        String received = metadata.get(KEY);
        if (received == null) {
            return next.startCall(call, metadata);
        }
        HybridTime.receive(clock, received);
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void sendHeaders(Metadata headers) {
                        headers.put(KEY, clock.now().toString());
                        super.sendHeaders(headers);
                    }
                },
                metadata);
    }
}
