package io.orderly.coordinator.etcd;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.orderly.coordinator.member.Coordinator;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves calls with the metadata {@code hasleader} only while this member knows a leader. An open stream is ended when there has been no
 * leader for a while, so that its client switches to another member, which may be in a majority.
 */
final class LeaderRequirement implements ServerInterceptor {

    private static final Metadata.Key<String> HAS_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

    private final Coordinator coordinator;
    private final long patienceNanos;
    private final Set<GuardedCall<?, ?>> streams = ConcurrentHashMap.newKeySet();
    private long leaderSeenNanos;
    private boolean hasChecked;

    /** @param patience how long there may be no leader before streams are ended; longer than an election takes */
    LeaderRequirement(Coordinator coordinator, Duration patience) {
        this.coordinator = coordinator;
        patienceNanos = patience.toNanos();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
        if (!"true".equals(metadata.get(HAS_LEADER))) {
            return next.startCall(call, metadata);
        }
        if (coordinator.status().leader() == null) {
            call.close(EtcdError.NO_LEADER.status(), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
            return next.startCall(call, metadata);
        }
        var guarded = new GuardedCall<>(call);
        streams.add(guarded);
        return new SimpleForwardingServerCallListener<>(next.startCall(guarded, metadata)) {
            @Override
            public void onCancel() {
                streams.remove(guarded);
                super.onCancel();
            }

            @Override
            public void onComplete() {
                streams.remove(guarded);
                super.onComplete();
            }
        };
    }

    /** To be called regularly, by one thread at a time. */
    void check(long nowNanos) {
        if (coordinator.status().leader() != null || !hasChecked) {
            hasChecked = true;
            leaderSeenNanos = nowNanos;
        } else if (nowNanos - leaderSeenNanos >= patienceNanos) {
            streams.forEach(stream -> stream.close(EtcdError.NO_LEADER.status(), new Metadata()));
        }
    }

    /** A call that may be closed by any thread: later messages and closings are ignored. */
    private static final class GuardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private boolean isClosed;

        GuardedCall(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public synchronized void sendHeaders(Metadata headers) {
            if (!isClosed) {
                super.sendHeaders(headers);
            }
        }

        @Override
        public synchronized void sendMessage(A message) {
            if (!isClosed) {
                super.sendMessage(message);
            }
        }

        @Override
        public synchronized void close(Status status, Metadata trailers) {
            if (!isClosed) {
                isClosed = true;
                super.close(status, trailers);
            }
        }
    }
}
