package io.orderly.coordinator.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The responses of the gateway, with etcd's headers. */
final class Responses {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private Responses() {}

    static FullHttpResponse json(HttpResponseStatus status, String body) {
        return full(status, JSON, body);
    }

    static FullHttpResponse metrics(String body) {
        return full(HttpResponseStatus.OK, METRICS, body);
    }

    /** etcd sends the JSON of its state of health as text. */
    static FullHttpResponse health(HttpResponseStatus status, String body) {
        return full(status, TEXT, body);
    }

    static FullHttpResponse text(HttpResponseStatus status, String line) {
        FullHttpResponse response = full(status, TEXT, line + "\n");
        response.headers().set("X-Content-Type-Options", "nosniff");
        return response;
    }

    static FullHttpResponse methodNotAllowed(String allowed) {
        FullHttpResponse response = text(HttpResponseStatus.METHOD_NOT_ALLOWED, "Method Not Allowed");
        response.headers().set(HttpHeaderNames.ALLOW, allowed);
        return response;
    }

    /** The head of a response whose lines follow. */
    static HttpResponse stream() {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, JSON);
        response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        return response;
    }

    private static FullHttpResponse full(HttpResponseStatus status, String contentType, String body) {
        ByteBuf content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        return response;
    }
}
