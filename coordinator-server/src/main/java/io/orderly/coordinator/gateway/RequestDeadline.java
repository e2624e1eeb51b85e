package io.orderly.coordinator.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose next request does not begin in time, or does not arrive in full in time. While a request is served there
 * is no deadline. On the thread of the connection.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {

    private enum Phase {
        IDLE,
        ARRIVING,
        SERVED
    }

    private final Duration requestTimeout;
    private final Duration idleTimeout;
    private Phase phase = Phase.IDLE;
    private @Nullable Future<?> deadline;

    RequestDeadline(Duration requestTimeout, Duration idleTimeout) {
        this.requestTimeout = requestTimeout;
        this.idleTimeout = idleTimeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        await(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancel();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (phase == Phase.IDLE) {
            phase = Phase.ARRIVING;
            closeAfter(requestTimeout, ctx);
        }
        ctx.fireChannelRead(bytes);
    }

    /** A request has arrived. */
    void arrived() {
        phase = Phase.SERVED;
        cancel();
    }

    /** The response has been written, and the next request may come. */
    void await(ChannelHandlerContext ctx) {
        phase = Phase.IDLE;
        closeAfter(idleTimeout, ctx);
    }

    private void closeAfter(Duration time, ChannelHandlerContext ctx) {
        cancel();
        deadline = ctx.executor().schedule(() -> ctx.channel().close(), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void cancel() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
