package io.orderly.coordinator.gateway;

import io.grpc.Status;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Failures of calls in the format of grpc-gateway 1.9, the version in etcd 3.4. */
final class Errors {

    private static final JsonMapper JSON = new JsonMapper();

    private Errors() {}

    static HttpResponseStatus httpStatus(Status.Code code) {
        return switch (code) {
            case OK -> HttpResponseStatus.OK;
            case CANCELLED -> HttpResponseStatus.REQUEST_TIMEOUT;
            case INVALID_ARGUMENT, OUT_OF_RANGE -> HttpResponseStatus.BAD_REQUEST;
            case DEADLINE_EXCEEDED -> HttpResponseStatus.GATEWAY_TIMEOUT;
            case NOT_FOUND -> HttpResponseStatus.NOT_FOUND;
            case ALREADY_EXISTS, ABORTED -> HttpResponseStatus.CONFLICT;
            case PERMISSION_DENIED -> HttpResponseStatus.FORBIDDEN;
            case UNAUTHENTICATED -> HttpResponseStatus.UNAUTHORIZED;
            case RESOURCE_EXHAUSTED -> HttpResponseStatus.TOO_MANY_REQUESTS;
            case FAILED_PRECONDITION -> HttpResponseStatus.PRECONDITION_FAILED;
            case UNIMPLEMENTED -> HttpResponseStatus.NOT_IMPLEMENTED;
            case UNAVAILABLE -> HttpResponseStatus.SERVICE_UNAVAILABLE;
            case UNKNOWN, INTERNAL, DATA_LOSS -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
        };
    }

    /** The body of an error response. */
    static String body(Status failure) {
        String message = messageOf(failure);
        return JSON.createObjectNode()
                .put("error", message)
                .put("message", message)
                .put("code", failure.getCode().value())
                .toString();
    }

    /** The last line of a stream that ends with an error. */
    static String lastLine(Status failure) {
        HttpResponseStatus status = httpStatus(failure.getCode());
        ObjectNode line = JSON.createObjectNode();
        line.putObject("error")
                .put("grpc_code", failure.getCode().value())
                .put("http_code", status.code())
                .put("message", messageOf(failure))
                .put("http_status", status.reasonPhrase());
        return line.toString();
    }

    private static String messageOf(Status failure) {
        return Objects.requireNonNullElse(
                failure.getDescription(), failure.getCode().name());
    }
}
