package io.orderly.coordinator.gateway;

import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first bytes of a connection, and replaces itself with the handler of its protocol: HTTP/2 begins with {@code PRI}, which
 * is no method of HTTP/1 (RFC 9113, section 3.4), and HTTP/1 with a method in capital letters. Other connections are closed.
 */
final class ProtocolSniffer extends ByteToMessageDecoder {

    private static final byte[] HTTP_2 = {'P', 'R', 'I'};

    private final Duration timeout;
    private final ChannelHandler grpc;
    private final Object negotiation;
    private final Consumer<ChannelPipeline> http;
    private @Nullable Future<?> deadline;

    /** @param negotiation gRPC's event that starts its negotiation */
    ProtocolSniffer(Duration timeout, ChannelHandler grpc, Object negotiation, Consumer<ChannelPipeline> http) {
        this.timeout = timeout;
        this.grpc = grpc;
        this.negotiation = negotiation;
        this.http = http;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> ctx.close(), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    /** gRPC's event that starts the negotiation is delayed until the protocol is known to be HTTP/2. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (!event.equals(InternalProtocolNegotiationEvent.getDefault())) {
            super.userEventTriggered(ctx, event);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int known = Math.min(in.readableBytes(), HTTP_2.length);
        int same = 0;
        while (same < known && in.getByte(in.readerIndex() + same) == HTTP_2[same]) {
            same++;
        }
        byte first = in.getByte(in.readerIndex());
        if (same == HTTP_2.length) {
            ctx.pipeline().addAfter(ctx.name(), null, grpc);
            ctx.fireUserEventTriggered(negotiation);
            ctx.pipeline().remove(this);
        } else if (same < known && first >= 'A' && first <= 'Z') {
            // the last handler is the one in which gRPC keeps writes until its negotiation is over
            ctx.pipeline().removeLast();
            http.accept(ctx.pipeline());
            ctx.pipeline().remove(this);
        } else if (same < known) {
            in.skipBytes(in.readableBytes());
            ctx.close();
        }
    }
}
