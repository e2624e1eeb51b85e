package io.orderly.coordinator.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.orderly.coordinator.connection.TlsFailure;
import io.orderly.coordinator.consensus.NodeId;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The dialling side of a connection, which sends the messages: handshake, after the one of TLS if there is TLS, then pings. */
final class DialledConnection extends SimpleChannelInboundHandler<ByteBuf> {

    private final Endpoint endpoint;
    private final NodeId peer;
    private final Lane lane;
    private final Owner owner;
    private final long challenge;

    private boolean isAnswered;
    private boolean isOpen;
    private boolean isAnswerDue;
    private long heardNanos;

    /** Called on the thread of the connection. */
    interface Owner {

        /** The peer has accepted this member, and has the recorded incarnation. */
        void opened(Lane lane, Channel channel);

        /** The connection closes. */
        void failed(String reason);

        /** The connection can accept more messages. */
        void writable(Lane lane);
    }

    DialledConnection(Endpoint endpoint, NodeId peer, Lane lane, Owner owner) {
        this.endpoint = endpoint;
        this.peer = peer;
        this.lane = lane;
        this.owner = owner;
        challenge = endpoint.random().nextLong();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        PeerIdentity self = endpoint.self();
        write(
                context,
                new Handshake.Hello(
                        self.cluster(), self.node(), peer, self.incarnation(), lane, self.address(), challenge));
        context.executor()
                .schedule(
                        () -> {
                            if (!isOpen) {
                                fail(context, "it did not answer the handshake");
                            }
                        },
                        endpoint.settings().handshakeTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf content)
            throws MalformedMessageException, OtherFormatException {
        if (!isAnswered) {
            isAnswered = true;
            answered(context, Handshake.Answer.read(content));
        } else if (!isOpen || content.isReadable()) {
            throw new MalformedMessageException("a message came on a connection that this member dialled");
        } else {
            isAnswerDue = false;
            heardNanos = System.nanoTime();
        }
    }

    /** The incarnation of the peer is recorded for good, so the answer must not be one that it gave on another connection. */
    private void answered(ChannelHandlerContext context, Handshake.Answer answer) throws MalformedMessageException {
        if (answer.verdict() != Handshake.Verdict.ACCEPTED) {
            fail(context, "it refuses this member: " + answer.verdict().reason());
        } else if (answer.repeated() != challenge) {
            throw new MalformedMessageException(
                    "the challenge was not repeated: the answer is that of another connection");
        } else {
            endpoint.known()
                    .admits(peer, answer.incarnation())
                    .whenCompleteAsync(
                            (isAdmitted, failure) -> recorded(context, answer, isAdmitted, failure),
                            context.executor());
        }
    }

    /** The incarnation of the peer was compared, and is durable if the peer was met for the first time. */
    private void recorded(
            ChannelHandlerContext context,
            Handshake.Answer answer,
            @Nullable Boolean isAdmitted,
            @Nullable Throwable failure) {
        if (!context.channel().isActive()) {
            return;
        }
        if (failure != null) {
            fail(context, "its incarnation cannot be recorded: " + Reasons.of(failure));
        } else if (!Boolean.TRUE.equals(isAdmitted)) {
            endpoint.metrics().refused(PeerMetrics.tag(Handshake.Verdict.OTHER_INCARNATION));
            fail(context, "this member refuses it: " + Handshake.Verdict.OTHER_INCARNATION.reason());
        } else {
            write(context, new Handshake.Confirmation(answer.challenge()));
            isOpen = true;
            heardNanos = System.nanoTime();
            owner.opened(lane, context.channel());
            checkLater(context);
        }
    }

    private static void write(ChannelHandlerContext context, Handshake part) {
        context.writeAndFlush(Frame.of(context.alloc(), Handshake.MAX_BYTES, part::write), context.voidPromise());
    }

    private void checkLater(ChannelHandlerContext context) {
        context.executor()
                .schedule(
                        () -> check(context), endpoint.settings().pingInterval().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext context) {
        if (!context.channel().isActive()) {
            return;
        }
        if (!isAnswerDue) {
            isAnswerDue = true;
            context.writeAndFlush(Frame.of(context.alloc(), 0, empty -> {}), context.voidPromise());
        } else if (System.nanoTime() - heardNanos
                >= endpoint.settings().silenceTimeout().toNanos()) {
            fail(context, "it answered no ping for " + endpoint.settings().silenceTimeout());
            return;
        }
        checkLater(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (isOpen && context.channel().isWritable()) {
            owner.writable(lane);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        owner.failed(
                isOpen
                        ? "it closed the connection"
                        : "it closed the connection during the handshake; its log may say why");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            TlsFailure.of(handshake.cause()).ifPresent(failure -> {
                if (failure.kind() == TlsFailure.Kind.CERTIFICATE) {
                    endpoint.metrics().refused(failure.kind().tag());
                }
                fail(context, failure.reason());
            });
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, Reasons.of(cause));
    }

    private void fail(ChannelHandlerContext context, String reason) {
        owner.failed(reason);
        context.close();
    }
}
