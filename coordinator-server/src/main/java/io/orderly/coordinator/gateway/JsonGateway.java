package io.orderly.coordinator.gateway;

import io.grpc.Channel;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Serves HTTP/1 on the port of a gRPC server. */
final class JsonGateway {

    private static final int MAX_LINE_BYTES = 4 << 10;
    private static final int MAX_HEADER_BYTES = 16 << 10;

    private final Channel services;
    private final InfoPages pages;
    private final GatewayProperties properties;

    /**
     * @param services the gRPC services; no call may block
     * @param metrics in the text format of Prometheus
     */
    JsonGateway(Channel services, Supplier<String> metrics, GatewayProperties properties) {
        this.services = services;
        this.pages = new InfoPages(services, metrics);
        this.properties = properties;
    }

    /** To be called before the server is built. The server has no TLS then. */
    void installOn(NettyServerBuilder server) {
        server.protocolNegotiator(new PortNegotiator(properties.requestTimeout(), this::addHandlers));
        // gRPC counts a connection that it does not serve as one that has not finished its handshake; the gateway has
        // its own limits
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
