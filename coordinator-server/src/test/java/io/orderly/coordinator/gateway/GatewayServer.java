package io.orderly.coordinator.gateway;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A gRPC server with the gateway on its port, over services of a test. */
final class GatewayServer implements AutoCloseable {

    private final Server inProcess;
    private final ManagedChannel channel;
    private final Server server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    GatewayServer(GatewayProperties properties, BindableService... services) throws IOException {
        this(() -> "some_metric 1.0\n", properties, services);
    }

    GatewayServer(Supplier<String> metrics, GatewayProperties properties, BindableService... services)
            throws IOException {
        this(metrics, properties, Optional.empty(), services);
    }

    GatewayServer(
            Supplier<String> metrics, GatewayProperties properties, Optional<TlsPort> tls, BindableService... services)
            throws IOException {
        String name = InProcessServerBuilder.generateName();
        var local = InProcessServerBuilder.forName(name).directExecutor();
        var remote = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        for (BindableService service : services) {
            local.addService(service);
            remote.addService(service);
        }
        inProcess = local.build().start();
        channel = InProcessChannelBuilder.forName(name).directExecutor().build();
        new JsonGateway(channel, metrics, properties, tls).installOn(remote);
        server = remote.build().start();
    }

    int port() {
        return server.getPort();
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() {
        http.close();
        server.shutdownNow();
        channel.shutdownNow();
        inProcess.shutdownNow();
        try {
            server.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
