package io.orderly.coordinator.client;

import io.grpc.Status;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt.
 *
 * @param effect whether the request may have had an effect
 * @param message for people
 */
record Failure(Effect effect, Status.Code code, String message) {

    enum Effect {
        /** The request had no effect, and another attempt may succeed. */
        NONE,
        /** The request had no effect, and every attempt will be refused. */
        REFUSED,
        /** The request may have had an effect, or may have one later. */
        UNKNOWN
    }

    private static final String LEASE_NOT_FOUND = "etcdserver: requested lease not found";
    private static final String LEASE_EXISTS = "etcdserver: lease already exists";

    static Failure of(Status status) {
        String message = message(status);
        return new Failure(effect(status, message), status.getCode(), message);
    }

    /** The client has not authenticated, or not lately enough; the next attempt does. */
    boolean isOfToken() {
        return message.equals(Authentication.INVALID_TOKEN);
    }

    private static String message(Status status) {
        if (cause(status) instanceof SSLException tls) {
            return "TLS failed: " + tls.getMessage();
        }
        return status.getDescription() == null ? status.getCode().name() : status.getDescription();
    }

    boolean isLeaseNotFound() {
        return message.equals(LEASE_NOT_FOUND);
    }

    boolean isLeaseExists() {
        return message.equals(LEASE_EXISTS);
    }

    private static Effect effect(Status status, String message) {
        return switch (status.getCode()) {
            case UNAVAILABLE ->
                isNotSent(cause(status)) || message.equals("etcdserver: no leader") ? Effect.NONE : Effect.UNKNOWN;
            case RESOURCE_EXHAUSTED -> exhausted(message);
            case UNAUTHENTICATED -> message.equals(Authentication.INVALID_TOKEN) ? Effect.NONE : Effect.REFUSED;
            case OK, CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, ABORTED, INTERNAL, DATA_LOSS -> Effect.UNKNOWN;
            case INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED -> Effect.REFUSED;
        };
    }

    private static Effect exhausted(String message) {
        if (message.equals("etcdserver: too many requests")) {
            return Effect.NONE;
        }
        // grpc-java's text for a message over the limit, which may also be the response to a request that was executed
        return message.startsWith("gRPC message exceeds maximum size") ? Effect.UNKNOWN : Effect.REFUSED;
    }

    /**
     * With TLS 1.3 a client learns after its own part of the handshake that its certificate is refused, and Netty then wraps the failure
     * as one of a decoder.
     */
    private static @Nullable Throwable cause(Status status) {
        Throwable cause = status.getCause();
        return cause instanceof DecoderException && cause.getCause() instanceof SSLHandshakeException refused
                ? refused
                : cause;
    }

    /** There was no connection, or one on which the handshake of TLS failed: then a member executes nothing that it received. */
    private static boolean isNotSent(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof SSLHandshakeException
                || cause instanceof NotSslRecordException;
    }
}
