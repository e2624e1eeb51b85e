package io.orderly.coordinator.gateway;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.orderly.coordinator.connection.TlsFailure;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Function;

/**
 * Encrypts a connection, waits for the end of the handshake of TLS, and replaces itself with the handler of what is said within. A
 * connection whose handshake fails or takes too long is closed.
 */
final class TlsHandshake extends ChannelInboundHandlerAdapter {

    private final TlsPort port;
    private final Duration timeout;
    private final Function<Object, ChannelHandler> next;

    /** @param next makes the handler that follows, from gRPC's event that starts the negotiation, with the session of TLS */
    TlsHandshake(TlsPort port, Duration timeout, Function<Object, ChannelHandler> next) {
        this.port = port;
        this.timeout = timeout;
        this.next = next;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline().addBefore(ctx.name(), null, port.tls().accepting(ctx.alloc(), timeout));
    }

    /** gRPC's event that starts the negotiation is kept back until the connection is encrypted. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                ctx.pipeline().replace(this, null, next.apply(negotiation(ctx)));
            } else {
                TlsFailure.of(handshake.cause()).ifPresent(failure -> port.refused(host(ctx), failure));
                ctx.close();
            }
        } else if (!event.equals(InternalProtocolNegotiationEvent.getDefault())) {
            super.userEventTriggered(ctx, event);
        }
    }

    private static Object negotiation(ChannelHandlerContext ctx) {
        var session = ctx.pipeline().get(SslHandler.class).engine().getSession();
        return InternalProtocolNegotiationEvent.withAttributes(
                InternalProtocolNegotiationEvent.getDefault(),
                Attributes.newBuilder()
                        .set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session)
                        .build());
    }

    /** What fails here is the handshake, whose completion event has been handled. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private static String host(ChannelHandlerContext ctx) {
        SocketAddress remote = ctx.channel().remoteAddress();
        return remote instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : String.valueOf(remote);
    }
}
