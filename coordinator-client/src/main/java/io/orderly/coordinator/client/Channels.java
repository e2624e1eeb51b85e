package io.orderly.coordinator.client;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A connection to each member, made when it is first used. */
final class Channels implements AutoCloseable {

    private static final long KEEP_ALIVE_SECONDS = 10;
    private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 5;
    private static final int MAX_RESPONSE_BYTES = 64 << 20;

    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<Channel> intercepted = new ArrayList<>();
    private final Endpoints endpoints;

    /**
     * @param connector opens a channel to an endpoint; it does not wait for the connection
     * @param interceptors of all calls
     */
    Channels(
            List<String> addresses,
            Endpoints endpoints,
            Function<String, ManagedChannel> connector,
            List<ClientInterceptor> interceptors) {
        this.endpoints = endpoints;
        for (String address : addresses) {
            ManagedChannel channel = connector.apply(address);
            channels.add(channel);
            intercepted.add(ClientInterceptors.intercept(channel, interceptors));
        }
    }

    static Function<String, ManagedChannel> plaintext(Executor executor) {
        return address -> builder(executor, address).usePlaintext().build();
    }

    /** @param tls with ALPN for HTTP/2 */
    static Function<String, ManagedChannel> encrypted(Executor executor, SslContext tls) {
        return address -> builder(executor, address).sslContext(tls).build();
    }

    /** Pings detect connections whose other end is gone, also those of idle watches. */
    private static NettyChannelBuilder builder(Executor executor, String address) {
        return NettyChannelBuilder.forTarget("dns:///" + address)
                .executor(executor)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(MAX_RESPONSE_BYTES)
                .disableRetry();
    }

    Member current() {
        int endpoint = endpoints.current();
        return new Member(endpoint, intercepted.get(endpoint));
    }

    /** The next attempt goes to another member. */
    void failed(Member member) {
        endpoints.failed(member.endpoint);
        // the channel may be in a long back-off since its last attempt to connect
        channels.get(endpoints.current()).resetConnectBackoff();
    }

    long failovers() {
        return endpoints.failovers();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    record Member(int endpoint, Channel channel) {}
}
