package io.orderly.coordinator.client;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.AuthGrpc;
import io.orderly.coordinator.api.etcd.AuthenticateRequest;
import io.orderly.coordinator.api.etcd.AuthenticateResponse;
import io.orderly.coordinator.api.etcd.WatchResponse;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends the token of the client's user with each call. The token is asked for by the first call that needs it, which waits for it, as do those
 * that begin meanwhile; and again after a member has said that it is not valid, or that a user is needed. That call fails with {@link
 * #INVALID_TOKEN}, has had no effect, and can be repeated.
 */
final class Authentication implements ClientInterceptor {

    /** etcd's text. */
    static final String INVALID_TOKEN = "etcdserver: invalid auth token";

    private static final String NO_USER = "etcdserver: user name is empty";
    private static final String NOT_ENABLED = "etcdserver: authentication is not enabled";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

    private final Credentials credentials;

    /** Of the members; empty if authentication is not enabled. Null before the first call, and once the token is not valid. */
    private final AtomicReference<@Nullable CompletableFuture<Optional<String>>> token = new AtomicReference<>();

    Authentication(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        Sent sent = new Sent(current(next));
        return new SimpleForwardingClientCall<>(next.newCall(method, options.withCallCredentials(sent))) {
            @Override
            public void start(Listener<R> listener, Metadata headers) {
                super.start(new Listening<>(listener, sent), headers);
            }
        };
    }

    private CompletableFuture<Optional<String>> current(Channel channel) {
        CompletableFuture<Optional<String>> known = token.get();
        if (known != null) {
            return known;
        }
        CompletableFuture<Optional<String>> asked = new CompletableFuture<>();
        if (!token.compareAndSet(null, asked)) {
            return current(channel);
        }
        asked.whenComplete((_, failure) -> {
            if (failure != null) {
                token.compareAndSet(asked, null);
            }
        });
        authenticate(channel, asked);
        return asked;
    }

    private void authenticate(Channel channel, CompletableFuture<Optional<String>> asked) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        AuthenticateRequest request = AuthenticateRequest.newBuilder()
                .setName(credentials.user())
                .setPassword(credentials.password())
                .build();
        ClientCalls.asyncUnaryCall(
                channel.newCall(AuthGrpc.getAuthenticateMethod(), options),
                request,
                new StreamObserver<AuthenticateResponse>() {
                    @Override
                    public void onNext(AuthenticateResponse response) {
                        asked.complete(Optional.of(response.getToken()));
                    }

                    @Override
                    public void onError(Throwable cause) {
                        if (NOT_ENABLED.equals(Status.fromThrowable(cause).getDescription())) {
                            asked.complete(Optional.empty());
                        } else {
                            asked.completeExceptionally(cause);
                        }
                    }

                    @Override
                    public void onCompleted() {
                        asked.completeExceptionally(Calls.withoutResponse());
                    }
                });
    }

    /** Lets a call wait for the token. */
    private static final class Sent extends CallCredentials {

        private final CompletableFuture<Optional<String>> token;

        /** Whether the call waits no longer. Until then it is not sent. */
        private volatile boolean released;

        Sent(CompletableFuture<Optional<String>> token) {
            this.token = token;
        }

        @Override
        public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
            token.whenComplete((known, failure) -> {
                if (failure != null) {
                    applier.fail(refusal(Status.fromThrowable(failure)));
                    return;
                }
                Metadata headers = new Metadata();
                known.ifPresent(value -> headers.put(TOKEN, value));
                released = true;
                applier.apply(headers);
            });
        }

        /**
         * gRPC does not pass on every code from here; a user or a password that is refused is one of those that it does not. If it is not
         * known what became of the authentication, the call that waits for it was nevertheless not sent.
         */
        private static Status refusal(Status status) {
            return switch (status.getCode()) {
                case INVALID_ARGUMENT, FAILED_PRECONDITION, UNKNOWN, NOT_FOUND ->
                    Status.UNAUTHENTICATED.withDescription(status.getDescription());
                default ->
                    Failure.of(status).effect() == Failure.Effect.UNKNOWN ? notSent(status.getDescription()) : status;
            };
        }
    }

    private static Status notSent(@Nullable String reason) {
        return Status.UNAVAILABLE
                .withDescription("not authenticated: " + reason)
                .withCause(new ConnectException("not authenticated"));
    }

    /** Notices that a token is not valid, and that a call ended while it waited for one. */
    private final class Listening<R> extends SimpleForwardingClientCallListener<R> {

        private final Sent sent;

        Listening(ClientCall.Listener<R> listener, Sent sent) {
            super(listener);
            this.sent = sent;
        }

        /** A stream of watches is not ended by the refusal of one. */
        @Override
        public void onMessage(R message) {
            if (message instanceof WatchResponse watch && watch.getCanceled() && isOfToken(watch.getCancelReason())) {
                token.compareAndSet(sent.token, null);
            }
            super.onMessage(message);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            String text = status.getDescription();
            if (text != null && isOfToken(text)) {
                token.compareAndSet(sent.token, null);
                super.onClose(Status.UNAUTHENTICATED.withDescription(INVALID_TOKEN), trailers);
            } else if (status.getCode() == Status.Code.DEADLINE_EXCEEDED && !sent.released) {
                super.onClose(notSent("no answer in time"), trailers);
            } else {
                super.onClose(status, trailers);
            }
        }

        private static boolean isOfToken(String text) {
            return text.endsWith(INVALID_TOKEN) || text.endsWith(NO_USER);
        }
    }
}
