package io.orderly.coordinator.gateway;

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Decides for each connection whether it is for gRPC or for the gateway. Like gRPC's own negotiators, it is a handler that the HTTP/2
 * handler replaces, so that it costs gRPC nothing after the first bytes.
 */
final class PortNegotiator implements InternalProtocolNegotiator.ProtocolNegotiator {

    private final InternalProtocolNegotiator.ProtocolNegotiator grpc = InternalProtocolNegotiators.serverPlaintext();
    private final Duration timeout;
    private final Consumer<ChannelPipeline> http;

    /**
     * @param timeout within which a connection must send the first bytes of its protocol
     * @param http adds the handlers of HTTP/1 to a pipeline
     */
    PortNegotiator(Duration timeout, Consumer<ChannelPipeline> http) {
        this.timeout = timeout;
        this.http = http;
    }

    @Override
    public AsciiString scheme() {
        return grpc.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler handler) {
        return new ProtocolSniffer(timeout, grpc.newHandler(handler), http);
    }

    @Override
    public void close() {
        grpc.close();
    }
}
