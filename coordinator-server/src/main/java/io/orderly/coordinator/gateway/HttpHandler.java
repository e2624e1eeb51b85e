package io.orderly.coordinator.gateway;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one connection, one after the other. While one is served, further requests wait, and nothing more is read. A request from
 * a page of another site is refused: otherwise any page could write to a coordinator that the browser can reach.
 */
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger log = LoggerFactory.getLogger(HttpHandler.class);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String NOT_FOUND = "404 page not found";
    private static final String NO_METHOD = "Not Found";

    private final Channel services;
    private final InfoPages pages;
    private final RequestDeadline deadline;
    private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean isServing;
    private @Nullable ServiceCall call;

    HttpHandler(Channel services, InfoPages pages, RequestDeadline deadline) {
        this.services = services;
        this.pages = pages;
        this.deadline = deadline;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (isServing) {
            waiting.add(request.retain());
            ctx.channel().config().setAutoRead(false);
        } else {
            serve(ctx, request);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (call != null) {
            call.proceed();
        } else if (!isServing) {
            next(ctx);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (call != null) {
            call.cancel();
        }
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
        ctx.fireChannelInactive();
    }

    /** After a failure nothing can be sent: a response may have been begun. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException || cause instanceof CodecException)) {
            log.error("a connection of the gateway is closed after a failure", cause);
        }
        ctx.close();
    }

    private void serve(ChannelHandlerContext ctx, FullHttpRequest request) {
        isServing = true;
        deadline.arrived();
        String path = pathOf(request);
        if (request.decoderResult().isFailure()) {
            refuse(ctx, request.decoderResult().cause());
        } else if (isOfAnotherSite(ctx, request)) {
            respond(ctx, Responses.text(HttpResponseStatus.FORBIDDEN, "requests of other sites are not allowed"));
        } else if (InfoPages.isPage(path)) {
            if (request.method().equals(HttpMethod.GET)) {
                pages.get(path, ctx.executor(), response -> respond(ctx, response));
            } else {
                respond(ctx, Responses.methodNotAllowed("GET"));
            }
        } else {
            Optional<Route> route = Routes.of(path);
            if (route.isEmpty()) {
                String text = Routes.isForMethods(path) ? NO_METHOD : NOT_FOUND;
                respond(ctx, Responses.text(HttpResponseStatus.NOT_FOUND, text));
            } else if (!request.method().equals(HttpMethod.POST)) {
                respond(ctx, Responses.methodNotAllowed("POST"));
            } else {
                call(ctx, route.get(), request);
            }
        }
    }

    private void call(ChannelHandlerContext ctx, Route route, FullHttpRequest request) {
        List<Message> messages;
        try {
            messages = MessageJson.parse(ByteBufUtil.getBytes(request.content()), route.emptyRequest());
            if (!route.hasManyRequests() && messages.size() > 1) {
                throw new InvalidBodyException("invalid JSON: more than one value");
            }
        } catch (InvalidBodyException e) {
            Status invalid = Status.INVALID_ARGUMENT.withDescription(e.getMessage());
            respond(ctx, Responses.json(HttpResponseStatus.BAD_REQUEST, Errors.body(invalid)));
            return;
        }
        if (!route.hasManyRequests() && messages.isEmpty()) {
            messages = List.of(route.emptyRequest());
        }
        Metadata headers = new Metadata();
        String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null) {
            headers.put(AUTHORIZATION, authorization);
        }
        var options = CallOptions.DEFAULT.withExecutor(ctx.executor());
        call = new ServiceCall(ctx, route, services.newCall(route.method(), options), () -> finished(ctx));
        call.start(messages, headers);
    }

    /** Refuses malformed HTTP. The beginning of the next request is unknown, so the connection is closed. */
    private void refuse(ChannelHandlerContext ctx, Throwable cause) {
        HttpResponseStatus status = switch (cause) {
            case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
        ctx.writeAndFlush(Responses.text(status, status.toString())).addListener(ChannelFutureListener.CLOSE);
    }

    private void respond(ChannelHandlerContext ctx, FullHttpResponse response) {
        ctx.writeAndFlush(response);
        finished(ctx);
    }

    private void finished(ChannelHandlerContext ctx) {
        isServing = false;
        call = null;
        deadline.await(ctx);
        // not within the call that ends: its caller may already serve the next request
        ctx.executor().execute(() -> next(ctx));
    }

    /** Serves the next request, if the client reads the responses. */
    private void next(ChannelHandlerContext ctx) {
        if (isServing || !ctx.channel().isWritable()) {
            return;
        }
        FullHttpRequest request = waiting.poll();
        if (request == null) {
            ctx.channel().config().setAutoRead(true);
            return;
        }
        try {
            serve(ctx, request);
        } finally {
            request.release();
        }
    }

    private static String pathOf(FullHttpRequest request) {
        int query = request.uri().indexOf('?');
        return query < 0 ? request.uri() : request.uri().substring(0, query);
    }

    /** Browsers send the site of the page with each request that can have an effect (Fetch standard, "Origin header"). */
    private static boolean isOfAnotherSite(ChannelHandlerContext ctx, FullHttpRequest request) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        HttpScheme scheme = ctx.pipeline().get(SslHandler.class) == null ? HttpScheme.HTTP : HttpScheme.HTTPS;
        return origin != null
                && !origin.equals(scheme + "://" + request.headers().get(HttpHeaderNames.HOST));
    }
}
