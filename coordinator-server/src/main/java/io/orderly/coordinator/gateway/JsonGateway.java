package io.orderly.coordinator.gateway;

import io.grpc.Channel;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Serves HTTP/1 on the port of a gRPC server. */
final class JsonGateway {

    private static final int MAX_LINE_BYTES = 4 << 10;
    private static final int MAX_HEADER_BYTES = 16 << 10;

    private final Channel services;
    private final InfoPages pages;
    private final GatewayProperties properties;
    private final Optional<TlsPort> tls;

    /**
     * @param services the gRPC services; no call may block
     * @param metrics in the text format of Prometheus
     * @param tls of the port, for gRPC as well; empty if it is not encrypted
     */
    JsonGateway(Channel services, Supplier<String> metrics, GatewayProperties properties, Optional<TlsPort> tls) {
        this.services = services;
        this.pages = new InfoPages(services, metrics);
        this.properties = properties;
        this.tls = tls;
    }

    /** To be called before the server is built. Its own TLS is not used then. */
    void installOn(NettyServerBuilder server) {
        server.protocolNegotiator(new PortNegotiator(tls, properties.requestTimeout(), this::addHandlers));
        // gRPC counts a connection that it does not serve as one that has not finished its handshake; the gateway and
        // TLS have their own limits
        server.handshakeTimeout(Long.MAX_VALUE, TimeUnit.MILLISECONDS);
    }

    private void addHandlers(ChannelPipeline pipeline) {
        var deadline = new RequestDeadline(properties.requestTimeout(), properties.idleTimeout());
        var limits =
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE_BYTES).setMaxHeaderSize(MAX_HEADER_BYTES);
        pipeline.addLast(
                deadline,
                new HttpServerCodec(limits),
                new HttpServerKeepAliveHandler(),
                new HttpObjectAggregator((int) properties.maxBody().toBytes(), true),
                new HttpHandler(services, pages, deadline));
    }
}
