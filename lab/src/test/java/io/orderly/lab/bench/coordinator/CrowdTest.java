package io.orderly.lab.bench.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CrowdTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int WATCHES = 3;

    private final AtomicInteger open = new AtomicInteger();

    @Test
    void idleConnectionsAreCountedUntilTheServerClosesThem() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                IdleConnections connections = IdleConnections.open(List.of(server.getLocalPort()), 3)) {
            assertThat(connections.count()).isEqualTo(3);
            assertThat(connections.countOpen()).isEqualTo(3);

            server.accept().close();

            await().atMost(PATIENCE).until(() -> connections.countOpen() == 2);
        }
    }

    @Test
    void asManyIdleConnectionsAreOpenedAsTheLimitOfFilesPermits() {
        assertThat(IdleConnections.permitted(Integer.MAX_VALUE)).isBetween(0, Integer.MAX_VALUE);
        assertThat(IdleConnections.permitted(1)).isLessThanOrEqualTo(1);
    }

    @Test
    void theOldestWatchMakesRoomForTheNext() throws Exception {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(new Watches())
                .build()
                .start();
        try (ReconnectingWatches watches = ReconnectingWatches.start(List.of(server.getPort()), WATCHES, 100)) {
            await().atMost(PATIENCE).until(() -> watches.created() >= 5 * WATCHES);
            await().atMost(PATIENCE).until(() -> open.get() <= WATCHES);
            assertThat(watches.failed()).isZero();
        } finally {
            server.shutdownNow();
        }
    }

    private final class Watches extends WatchGrpc.WatchImplBase {

        @Override
        public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> client) {
            open.incrementAndGet();
            return new StreamObserver<>() {

                @Override
                public void onNext(WatchRequest request) {
                    client.onNext(WatchResponse.newBuilder().setCreated(true).build());
                }

                @Override
                public void onError(Throwable disconnected) {
                    open.decrementAndGet();
                }

                @Override
                public void onCompleted() {
                    open.decrementAndGet();
                }
            };
        }
    }
}
