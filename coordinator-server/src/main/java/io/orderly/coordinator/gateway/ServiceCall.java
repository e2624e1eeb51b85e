package io.orderly.coordinator.gateway;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a gRPC service, whose responses are written to a connection: a single one as the body, a stream as lines of {@code
 * {"result":…}}. The next response is requested from the service when the connection accepts more, so that a slow reader needs no memory
 * here. On the thread of the connection.
 */
final class ServiceCall extends ClientCall.Listener<Message> {

    private static final String METADATA_HEADER = "Grpc-Metadata-Content-Type";
    private static final String METADATA = "application/grpc";

    private final ChannelHandlerContext ctx;
    private final Route route;
    private final ClientCall<Message, Message> call;
    private final Runnable onEnd;
    private @Nullable Message single;
    private boolean hasBegun;
    private boolean isWaitingForRoom;
    private boolean isOver;

    /** @param onEnd called once the response is written */
    ServiceCall(ChannelHandlerContext ctx, Route route, ClientCall<Message, Message> call, Runnable onEnd) {
        this.ctx = ctx;
        this.route = route;
        this.call = call;
        this.onEnd = onEnd;
    }

    void start(List<Message> requests, Metadata headers) {
        call.start(this, headers);
        // a single response is complete only when it is known that no second one follows
        call.request(route.hasManyResponses() ? 1 : 2);
        requests.forEach(call::sendMessage);
        call.halfClose();
    }

    /** The client is gone. */
    void cancel() {
        isOver = true;
        call.cancel("the HTTP connection was closed", null);
    }

    /** The connection may accept more. */
    void proceed() {
        if (isWaitingForRoom && ctx.channel().isWritable()) {
            isWaitingForRoom = false;
            call.request(1);
        }
    }

    @Override
    public void onMessage(Message message) {
        if (isOver) {
            return;
        }
        if (!route.hasManyResponses()) {
            single = message;
            return;
        }
        begin();
        writeLine("{\"result\":" + MessageJson.print(message) + "}");
        isWaitingForRoom = true;
        proceed();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (isOver) {
            return;
        }
        isOver = true;
        if (route.hasManyResponses()) {
            endStream(status);
        } else {
            ctx.writeAndFlush(response(status, single));
        }
        onEnd.run();
    }

    private static FullHttpResponse response(Status status, @Nullable Message message) {
        if (!status.isOk() || message == null) {
            Status failure = status.isOk() ? Status.INTERNAL.withDescription("no response") : status;
            return Responses.json(Errors.httpStatus(failure.getCode()), Errors.body(failure));
        }
        FullHttpResponse response = Responses.json(HttpResponseStatus.OK, MessageJson.print(message));
        response.headers().set(METADATA_HEADER, METADATA);
        return response;
    }

    private void endStream(Status status) {
        if (!status.isOk() && !hasBegun) {
            ctx.writeAndFlush(Responses.json(Errors.httpStatus(status.getCode()), Errors.lastLine(status)));
            return;
        }
        begin();
        if (!status.isOk()) {
            writeLine(Errors.lastLine(status));
        }
        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void begin() {
        if (!hasBegun) {
            hasBegun = true;
            HttpResponse head = Responses.stream();
            head.headers().set(METADATA_HEADER, METADATA);
            ctx.write(head);
        }
    }

    private void writeLine(String line) {
        ctx.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(line + "\n", StandardCharsets.UTF_8)));
    }
}
