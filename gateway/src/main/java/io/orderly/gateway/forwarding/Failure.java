package io.orderly.gateway.forwarding;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.springframework.http.HttpMethod;

/** Why an instance did not respond. */
enum Failure {
    /** There was no connection, so nothing was sent. */
    NOT_SENT,
    /** The connection broke before the response began, or what arrived is no HTTP. The instance may have processed the request. */
    BROKEN,
    /** No data arrived in time. The instance may still process the request. */
    TIMED_OUT;

    static Failure of(IOException failure) {
        return switch (failure) {
            case ConnectTimeoutException _,
                    ConnectException _,
                    NoRouteToHostException _,
                    UnknownHostException _,
                    ConnectionRequestTimeoutException _ -> NOT_SENT;
            case SocketTimeoutException _ -> TIMED_OUT;
            default -> BROKEN;
        };
    }

    /**
     * Whether the request may go to another instance: it was not sent, or it changes nothing. A request that timed out is not repeated, since its
     * client waited long, and what is slow on one instance often is on the next.
     */
    boolean mayRepeat(HttpMethod method) {
        return switch (this) {
            case NOT_SENT -> true;
            case BROKEN -> method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
            case TIMED_OUT -> false;
        };
    }
}
