package io.orderly.coordinator.rest;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.orderly.coordinator.auth.Tokens;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The caller of the current request, by its bearer token, which is that of the etcd API. Calls of the gRPC services within the process are
 * made with the same token.
 */
final class RequestCaller implements ClientInterceptor {

    private static final String BEARER = "Bearer ";
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

    private final Coordinator coordinator;
    private final Tokens tokens;
    private final HttpServletRequest current;

    /** @param current the current request, at each call */
    RequestCaller(Coordinator coordinator, Tokens tokens, HttpServletRequest current) {
        this.coordinator = coordinator;
        this.tokens = tokens;
        this.current = current;
    }

    /** As the caller may use it. */
    GuardedCoordinator coordinator() {
        String token = token();
        AuthState auth = coordinator.auth();
        // while there never was a user, a token counts for nothing, and no command tells of one
        Caller caller = token == null || auth.isInitial() ? null : tokens.callerOf(token, auth);
        return new GuardedCoordinator(coordinator, caller);
    }

    private @Nullable String token() {
        String header = current.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? null
                : header.substring(BEARER.length()).strip();
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        String token = token();
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                if (token != null) {
                    headers.put(TOKEN, token);
                }
                super.start(listener, headers);
            }
        };
    }
}
