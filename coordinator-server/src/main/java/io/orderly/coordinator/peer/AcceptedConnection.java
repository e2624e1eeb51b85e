package io.orderly.coordinator.peer;

import io.micrometer.core.instrument.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.orderly.coordinator.connection.PeerTls;
import io.orderly.coordinator.connection.TlsFailure;
import io.orderly.coordinator.consensus.NodeId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The dialled side of a connection, which receives the messages. Messages are read only after the handshake. */
final class AcceptedConnection extends SimpleChannelInboundHandler<ByteBuf> {

    private final Endpoint endpoint;
    private final AcceptedConnections connections;
    private final Owner owner;
    private final long challenge;

    /** The first part of the handshake; null until it has arrived. */
    private Handshake.@Nullable Hello hello;

    /** What arrives while the incarnation of the member is compared, and recorded if it is new; null at other times. */
    private @Nullable Queue<ByteBuf> early;

    /** Null until the handshake has succeeded. */
    private @Nullable Counter receivedBytes;

    private boolean isRefused;

    /** Called on the thread of the connection. */
    interface Owner extends PeerNetwork.Receiver {

        /** A member that may not be known yet has connected. */
        void met(NodeId peer, InetSocketAddress address);

        /** A member has no connection any more. */
        void left(NodeId peer);
    }

    AcceptedConnection(Endpoint endpoint, AcceptedConnections connections, Owner owner) {
        this.endpoint = endpoint;
        this.connections = connections;
        this.owner = owner;
        challenge = endpoint.random().nextLong();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connections.accepted(context.channel());
        context.executor()
                .schedule(
                        () -> {
                            if (receivedBytes == null) {
                                context.close();
                            }
                        },
                        endpoint.settings().handshakeTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connections.closed(context.channel());
        if (early != null) {
            early.forEach(ByteBuf::release);
            early = null;
        }
        Handshake.Hello said = hello;
        if (said != null && !connections.isOpen(said.from())) {
            owner.left(said.from());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf content)
            throws MalformedMessageException, OtherFormatException {
        if (!context.channel().isActive()) {
            return;
        }
        Handshake.Hello said = hello;
        Counter counter = receivedBytes;
        if (said == null) {
            answer(context, content);
        } else if (early != null) {
            early.add(content.retain());
        } else if (counter == null) {
            confirm(context, said, Handshake.Confirmation.read(content));
        } else {
            counter.increment(Frame.HEAD_BYTES + content.readableBytes());
            if (content.isReadable()) {
                owner.received(said.from(), PeerCodec.decode(content));
            } else {
                context.writeAndFlush(Frame.of(context.alloc(), 0, empty -> {}), context.voidPromise());
            }
        }
    }

    private void answer(ChannelHandlerContext context, ByteBuf content) throws MalformedMessageException {
        String from = "a member";
        Handshake.Verdict verdict;
        try {
            Handshake.Hello read = Handshake.Hello.read(content);
            hello = read;
            from = read.from().toString();
            verdict = verdictOn(context, read);
        } catch (OtherFormatException e) {
            verdict = Handshake.Verdict.OTHER_FORMAT;
        }
        Handshake.Hello said = hello;
        long repeated = said == null ? 0 : said.challenge();
        var answer = new Handshake.Answer(
                verdict,
                verdict == Handshake.Verdict.ACCEPTED ? endpoint.self().incarnation() : 0,
                repeated,
                challenge);
        ByteBuf frame = Frame.of(context.alloc(), Handshake.MAX_BYTES, answer::write);
        if (verdict == Handshake.Verdict.ACCEPTED) {
            context.writeAndFlush(frame, context.voidPromise());
        } else {
            refused(context, from, verdict);
            context.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void refused(ChannelHandlerContext context, String from, Handshake.Verdict verdict) {
        endpoint.metrics().refused(PeerMetrics.tag(verdict));
        endpoint.refusals().warn("%s at %s was refused: %s".formatted(from, host(context), verdict.reason()));
    }

    private Handshake.Verdict verdictOn(ChannelHandlerContext context, Handshake.Hello said) {
        PeerIdentity self = endpoint.self();
        if (!said.cluster().equals(self.cluster())) {
            return Handshake.Verdict.OTHER_CLUSTER;
        }
        if (said.from().equals(self.node())) {
            return Handshake.Verdict.SAME_MEMBER;
        }
        if (!said.to().equals(self.node())) {
            return Handshake.Verdict.OTHER_MEMBER;
        }
        if (connections.isRemoved(said.from())) {
            return Handshake.Verdict.REMOVED_MEMBER;
        }
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            String host = connections.hostOf(said.from());
            if (host == null) {
                return Handshake.Verdict.UNKNOWN_MEMBER;
            }
            if (!PeerTls.isOtherSide(tls, host)) {
                return Handshake.Verdict.OTHER_HOST;
            }
        }
        return endpoint.known().isAdmissible(said.from(), said.incarnation())
                ? Handshake.Verdict.ACCEPTED
                : Handshake.Verdict.OTHER_INCARNATION;
    }

    private void confirm(ChannelHandlerContext context, Handshake.Hello said, Handshake.Confirmation confirmation)
            throws MalformedMessageException {
        if (confirmation.challenge() != challenge) {
            throw new MalformedMessageException(
                    "the challenge was not repeated: the handshake is that of another connection");
        }
        context.pipeline().get(Frame.Decoder.class).limit(PeerCodec.MAX_BYTES);
        // so that little arrives early
        context.channel().config().setAutoRead(false);
        early = new ArrayDeque<>();
        endpoint.known()
                .admits(said.from(), said.incarnation())
                .whenCompleteAsync(
                        (isAdmitted, failure) -> recorded(context, said, isAdmitted, failure), context.executor());
    }

    /**
     * The incarnation was compared and recorded only after the confirmation, since the hello may be a recording. Another connection may
     * have recorded another incarnation since the answer; the peer learns that when it dials again.
     */
    private void recorded(
            ChannelHandlerContext context,
            Handshake.Hello said,
            @Nullable Boolean isAdmitted,
            @Nullable Throwable failure) {
        Queue<ByteBuf> waiting = early;
        if (waiting == null) {
            return;
        }
        if (failure != null) {
            endpoint.refusals()
                    .warn("%s was refused: its incarnation cannot be recorded: %s"
                            .formatted(said.from(), Reasons.of(failure)));
            context.close();
        } else if (!Boolean.TRUE.equals(isAdmitted)) {
            refused(context, said.from().toString(), Handshake.Verdict.OTHER_INCARNATION);
            context.close();
        } else {
            early = null;
            open(context, said);
            waiting.forEach(content -> handle(context, content));
            context.channel().config().setAutoRead(true);
        }
    }

    private void handle(ChannelHandlerContext context, ByteBuf content) {
        try {
            channelRead(context, content);
        } catch (Exception e) {
            exceptionCaught(context, e);
        }
    }

    private void open(ChannelHandlerContext context, Handshake.Hello said) {
        receivedBytes = endpoint.metrics().receivedBytes(said.from());
        context.pipeline()
                .addFirst(new ReadTimeoutHandler(
                        2 * endpoint.settings().silenceTimeout().toNanos(), TimeUnit.NANOSECONDS));
        connections.opened(context.channel(), said.from(), said.lane());
        owner.met(said.from(), said.address());
    }

    /** Netty closes the connection. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            isRefused = true;
            TlsFailure.of(handshake.cause()).ifPresent(failure -> {
                endpoint.metrics().refused(failure.kind().tag());
                endpoint.refusals()
                        .warn(
                                host(context) + failure.kind(),
                                "a connection from %s was refused: %s".formatted(host(context), failure.reason()));
            });
        }
    }

    /** A connection that breaks is closed and not logged here: the side that dialled does so. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean isFirst = context.channel().isActive() && !isRefused;
        context.close();
        if (!isFirst || cause instanceof IOException || cause instanceof ReadTimeoutException) {
            return;
        }
        String reason = Reasons.of(cause);
        Handshake.Hello said = hello;
        if (receivedBytes == null || said == null) {
            endpoint.metrics().refused("malformed");
            endpoint.refusals()
                    .warn(host(context), "a connection from %s was refused: %s".formatted(host(context), reason));
        } else {
            endpoint.refusals()
                    .warn("the connection of %s at %s was closed: %s".formatted(said.from(), host(context), reason));
        }
    }

    /** The host, without the port, which differs with each attempt. */
    private static String host(ChannelHandlerContext context) {
        SocketAddress remote = context.channel().remoteAddress();
        return remote instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : String.valueOf(remote);
    }
}
