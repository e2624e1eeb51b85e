package io.orderly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.orderly.gateway.balancing.Instances;
import io.orderly.gateway.routing.RoutesWebServerFactory;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.protocol.GossipSettings;
import io.orderly.gossip.udp.GossipListener;
import io.orderly.gossip.udp.GossipNode;
import io.orderly.gossip.udp.NodeAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway as a member, with another member in the same JVM. */
class GatewayMembershipTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    @Test
    void requestsGoToAnInstanceThatGossipsUntilItLeaves() throws Exception {
        HttpServer instance = HttpServer.create(new InetSocketAddress(LOCAL, 0), 0);
        instance.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        instance.start();
        String url = "http://127.0.0.1:" + instance.getAddress().getPort();
        var addresses = new NodeAddresses(
                "orderly", "order-service-1", "order-service", url, new InetSocketAddress(LOCAL, 0), null, List.of());
        GossipNode member =
                GossipNode.start(GossipSettings.DEFAULT.withPeriod(PERIOD), addresses, () -> 7, new Silent());
        try (ConfigurableApplicationContext gateway = new SpringApplicationBuilder(GatewayApplication.class)
                        .run(
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--orderly.members.period=" + PERIOD.toMillis() + "ms",
                                "--orderly.members.seeds=127.0.0.1:"
                                        + member.address().getPort(),
                                "--orderly.gateway.routes[0].service=order-service",
                                "--orderly.gateway.routes[0].port=0");
                HttpClient http = HttpClient.newHttpClient()) {
            Instances instances = gateway.getBean(Instances.class);
            await().atMost(LONG).until(() -> !instances.of("order-service").isEmpty());

            HttpResponse<Void> response = get(http, gateway);
            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(response.headers().firstValue("Orderly-Instance")).hasValue("order-service-1");
            assertThat(member.view().members())
                    .anySatisfy(seen ->
                            assertThat(seen.record().description().service()).isEqualTo("gateway"));

            member.close();
            await().atMost(LONG).until(() -> instances.of("order-service").isEmpty());
            assertThat(get(http, gateway).statusCode()).isEqualTo(503);
        } finally {
            member.close();
            instance.stop(0);
        }
    }

    private static HttpResponse<Void> get(HttpClient http, ConfigurableApplicationContext gateway) throws Exception {
        int port = gateway.getBean(RoutesWebServerFactory.class).ports().get("order-service");
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                        .timeout(LONG)
                        .build(),
                BodyHandlers.discarding());
    }

    private static final class Silent implements GossipListener {

        @Override
        public void changed(@Nullable MemberState before, @Nullable MemberState after) {
            // the test asks the gateway
        }

        @Override
        public void conflict(MemberDescription other) {
            throw new AssertionError("unexpected: " + other);
        }
    }
}
