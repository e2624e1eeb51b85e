package io.orderly.coordinator.etcd;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The server of the etcd API. Calls are handled on the threads that read the connections, since no handler blocks; responses that
 * become ready together are flushed together.
 */
final class EtcdServer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EtcdServer.class);

    /** A request over etcd's own limit is refused by it, with its text; one over this limit by the transport. */
    private static final int MAX_MESSAGE_BYTES = 2 << 20;

    /** A fixed window: the measurement for a variable one costs a ping for each burst. */
    private static final int FLOW_CONTROL_WINDOW_BYTES = 1 << 20;

    private final EtcdApiProperties properties;
    private final List<BindableService> services;
    private final List<ServerInterceptor> interceptors;
    private final List<GrpcServerCustomizer> customizers;
    private final ConnectionLimit connections;
    private @Nullable Server server;
    private @Nullable EventLoopGroup threads;

    EtcdServer(
            EtcdApiProperties properties,
            List<BindableService> services,
            List<ServerInterceptor> interceptors,
            List<GrpcServerCustomizer> customizers,
            ConnectionLimit connections) {
        this.properties = properties;
        this.services = List.copyOf(services);
        this.interceptors = List.copyOf(interceptors);
        this.customizers = List.copyOf(customizers);
        this.connections = connections;
    }

    @Override
    public synchronized void start() {
        if (server != null) {
            return;
        }
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(properties.ioThreads(), ioHandler());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(properties.host(), properties.port()))
                .bossEventLoopGroup(group)
                .workerEventLoopGroup(group)
                .channelFactory(this::serverChannel)
                .directExecutor()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .flowControlWindow(FLOW_CONTROL_WINDOW_BYTES)
                .permitKeepAliveTime(properties.keepAliveMinInterval().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(properties.keepAliveInterval().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(properties.keepAliveTimeout().toNanos(), TimeUnit.NANOSECONDS);
        services.forEach(builder::addService);
        builder.fallbackHandlerRegistry(new UnknownMethods(services));
        interceptors.forEach(builder::intercept);
        customizers.forEach(customizer -> customizer.customize(builder));
        try {
            server = builder.build().start();
            threads = group;
        } catch (IOException e) {
            group.shutdownGracefully();
            throw new UncheckedIOException("no etcd API on %s:%d".formatted(properties.host(), properties.port()), e);
        }
        log.info("etcd API on {}:{}", properties.host(), port());
    }

    /** Calls that are open after the grace are cancelled. */
    @Override
    public synchronized void stop() {
        if (server == null || threads == null) {
            return;
        }
        try {
            if (!server.shutdown().awaitTermination(properties.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                server.awaitTermination(properties.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        server = null;
        threads = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    /** The port it listens on; -1 if it does not. */
    synchronized int port() {
        return server == null ? -1 : server.getPort();
    }

    private static IoHandlerFactory ioHandler() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    private ServerChannel serverChannel() {
        ServerChannel channel = Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
        channel.pipeline().addLast(connections);
        return channel;
    }
}
