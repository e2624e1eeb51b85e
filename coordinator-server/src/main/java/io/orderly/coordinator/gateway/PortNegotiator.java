package io.orderly.coordinator.gateway;

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides for each connection whether it is for gRPC or for the gateway. Like gRPC's own negotiators, it is a handler that the HTTP/2
 * handler replaces, so that it costs gRPC nothing after the first bytes. With TLS, the handshake comes before. The protocol that ALPN
 * selected is ignored: the first bytes decide, also for clients without ALPN.
 */
final class PortNegotiator implements InternalProtocolNegotiator.ProtocolNegotiator {

    private final InternalProtocolNegotiator.ProtocolNegotiator grpc = InternalProtocolNegotiators.serverPlaintext();
    private final Optional<TlsPort> tls;
    private final Duration timeout;
    private final Consumer<ChannelPipeline> http;

    /**
     * @param tls empty for connections that are not encrypted
     * @param timeout of the TLS handshake, and then of the first bytes of the protocol
     * @param http adds the handlers of HTTP/1 to a pipeline
     */
    PortNegotiator(Optional<TlsPort> tls, Duration timeout, Consumer<ChannelPipeline> http) {
        this.tls = tls;
        this.timeout = timeout;
        this.http = http;
    }

    @Override
    public AsciiString scheme() {
        return tls.isPresent() ? HttpScheme.HTTPS.name() : grpc.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler handler) {
        ChannelHandler negotiated = grpc.newHandler(handler);
        return tls.<ChannelHandler>map(port -> new TlsHandshake(port, timeout, event -> sniffer(negotiated, event)))
                .orElseGet(() -> sniffer(negotiated, InternalProtocolNegotiationEvent.getDefault()));
    }

    private ChannelHandler sniffer(ChannelHandler negotiated, Object event) {
        return new ProtocolSniffer(timeout, negotiated, event, http);
    }

    @Override
    public void close() {
        grpc.close();
    }
}
