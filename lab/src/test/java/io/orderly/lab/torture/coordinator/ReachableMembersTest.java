package io.orderly.lab.torture.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.orderly.lab.coordinator.CoordinatorCluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReachableMembersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OFTEN = 20;

    private final Random random = new Random(1);
    private Server server;
    private ManagedChannel running;
    private ManagedChannel stopped;

    @BeforeEach
    void start() throws Exception {
        server = server();
        running = CoordinatorCluster.channel(server.getPort());
        Server other = server();
        stopped = CoordinatorCluster.channel(other.getPort());
        other.shutdownNow().awaitTermination();
        stopped.getState(true);
        await().atMost(PATIENCE).until(() -> stopped.getState(false) == ConnectivityState.TRANSIENT_FAILURE);
    }

    private static Server server() throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        running.shutdownNow();
        stopped.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void aMemberThatRefusesConnectionsIsNotChosen() {
        for (int i = 0; i < OFTEN; i++) {
            assertThat(ReachableMembers.choose(List.of(stopped, running), Function.identity(), random))
                    .contains(running);
        }
    }

    @Test
    void noMemberIsChosenIfAllRefuseConnections() {
        assertThat(ReachableMembers.choose(List.of(stopped), Function.identity(), random))
                .isEmpty();
    }
}
