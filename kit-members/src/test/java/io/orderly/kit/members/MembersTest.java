package io.orderly.kit.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.udp.GossipNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Several instances in one JVM, which gossip on the loopback interface. */
class MembersTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    @AfterEach
    void stop() {
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void instancesSeeEachOtherWithTheirLoadAndHowTheyEnd() throws Exception {
        ConfigurableApplicationContext order = start("order", "1");
        ConfigurableApplicationContext inventory = start("inventory", "1");
        ConfigurableApplicationContext payment = start("payment", "1");
        for (ConfigurableApplicationContext context : contexts) {
            for (String id : List.of("order-1", "inventory-1", "payment-1")) {
                await().atMost(LONG).until(() -> sees(context, id, Liveness.ALIVE));
            }
        }
        assertThat(order.getBean(MembersEndpoint.class).member("payment-1").url())
                .isEqualTo("http://127.0.0.1:" + port(payment));

        try (HttpClient http = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<String>> slow =
                    http.sendAsync(request(payment, "/slow"), BodyHandlers.ofString());
            await().atMost(LONG)
                    .until(() -> member(order, "payment-1").orElseThrow().load() == 1);
            payment.getBean(TestService.Slow.class).mayEnd.countDown();
            assertThat(slow.get(LONG.toSeconds(), TimeUnit.SECONDS).statusCode())
                    .isEqualTo(200);
            await().atMost(LONG)
                    .until(() -> member(order, "payment-1").orElseThrow().load() == 0);
            assertThat(http.send(request(order, "/actuator/members"), BodyHandlers.ofString())
                            .body())
                    .startsWith("{\"self\":\"order-1\",\"member\":true,\"emergentLeader\":\"order-1\","
                            + "\"members\":[{\"id\":\"inventory-1\"")
                    .containsPattern("\"state\":\"ALIVE\",\"since\":\"2[^\"]+Z\"");
            assertThat(http.send(request(order, "/actuator/members/shipping-1"), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(404);
        }

        payment.close();
        await().atMost(LONG).until(() -> sees(order, "payment-1", Liveness.LEFT));
        inventory.getBean(Membership.class).node().ifPresent(GossipNode::kill);
        await().atMost(LONG).until(() -> sees(order, "inventory-1", Liveness.DEAD));
        assertThat(counter(order, "suspicions")).isPositive();
        assertThat(counter(order, "deaths")).isPositive();
        assertThat(counter(order, "probes")).isPositive();
        for (Liveness liveness : List.of(Liveness.ALIVE, Liveness.DEAD, Liveness.LEFT)) {
            assertThat(order.getBean(MeterRegistry.class)
                            .get("orderly.members")
                            .tag("state", liveness.name().toLowerCase())
                            .gauge()
                            .value())
                    .isOne();
        }
    }

    @Test
    void theInstanceOfAServiceThatStartedFirstLeadsItUntilTheNextOneSeesItAsDead() {
        ConfigurableApplicationContext seed = start("inventory", "1");
        ConfigurableApplicationContext first = start("order", "2");
        ConfigurableApplicationContext second = start("order", "1");
        await().atMost(LONG)
                .until(() -> sees(first, "order-1", Liveness.ALIVE) && sees(second, "order-2", Liveness.ALIVE));
        assertThat(leads(seed)).isTrue();
        assertThat(leads(first)).isTrue();
        assertThat(leads(second)).isFalse();
        assertThat(second.getBean(MembersEndpoint.class).all().emergentLeader()).isEqualTo("order-2");

        first.getBean(Membership.class).node().ifPresent(GossipNode::kill);
        await().atMost(LONG).until(() -> leads(second));
        assertThat(sees(second, "order-2", Liveness.DEAD)).isTrue();
        assertThat(leads(first)).as("it does not hear that it is dead").isTrue();
    }

    @Test
    void theSecondInstanceWithAnIdDoesNotStart() {
        ConfigurableApplicationContext seed = start("inventory", "1");
        ConfigurableApplicationContext first = start("order", "1");
        await().atMost(LONG).until(() -> sees(seed, "order-1", Liveness.ALIVE));

        assertThatThrownBy(() -> start("order", "1"))
                .hasStackTraceContaining(
                        "Another live process has the id order-1: it receives gossip at 127.0.0.1:%d, and"
                                .formatted(port(first)));
        assertThat(first.getBean(Membership.class).isRunning()).isTrue();
        await().atMost(LONG)
                .until(() -> member(seed, "order-1").orElseThrow().url().equals("http://127.0.0.1:" + port(first)));
    }

    @Test
    void anInstanceWhosePredecessorWithTheIdWasKilledStarts() {
        ConfigurableApplicationContext seed = start("inventory", "1");
        ConfigurableApplicationContext killed = start("order", "1");
        await().atMost(LONG).until(() -> sees(seed, "order-1", Liveness.ALIVE));
        killed.getBean(Membership.class).node().ifPresent(GossipNode::kill);

        // at another address, since the web server of the killed one still has its port
        ConfigurableApplicationContext restarted = start("order", "1", "--orderly.members.join-timeout=500ms");
        assertThat(restarted.getBean(Membership.class).isRunning()).isTrue();
        await().atMost(LONG)
                .until(() -> member(seed, "order-1").orElseThrow().url().equals("http://127.0.0.1:" + port(restarted)));
    }

    @Test
    void withoutAWaitTheSecondInstanceWithAnIdServesRequestsButIsNoMember() throws Exception {
        ConfigurableApplicationContext first = start("order", "1");
        start("inventory", "1");
        await().atMost(LONG).until(() -> sees(first, "inventory-1", Liveness.ALIVE));
        ConfigurableApplicationContext second = start("order", "1", "--orderly.members.join-timeout=0s");

        await().atMost(LONG).until(() -> !second.getBean(Membership.class).isRunning());
        assertThat(counter(second, "conflicts")).isOne();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request(second, "/actuator/members"), BodyHandlers.ofString())
                            .body())
                    .startsWith("{\"self\":\"order-1\",\"member\":false,");
        }
        assertThat(first.getBean(Membership.class).isRunning()).isTrue();
        assertThat(member(first, "order-1").orElseThrow().url()).isEqualTo("http://127.0.0.1:" + port(first));
    }

    /** The seed of all is the first one. */
    private ConfigurableApplicationContext start(String service, String instance, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.application.name=" + service,
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--orderly.members.enabled=true",
                "--orderly.members.instance=" + instance,
                "--orderly.members.period=200ms",
                "--orderly.members.join-timeout=" + LONG));
        if (!contexts.isEmpty()) {
            arguments.add("--orderly.members.seeds=127.0.0.1:" + port(contexts.getFirst()));
        }
        List.of(more).forEach(argument -> {
            arguments.removeIf(other -> other.startsWith(argument.split("=")[0] + "="));
            arguments.add(argument);
        });
        // arguments, because the defaults of the kit take precedence over the properties of the builder
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(TestService.class).run(arguments.toArray(String[]::new));
        contexts.add(context);
        return context;
    }

    private static boolean leads(ConfigurableApplicationContext context) {
        return context.getBean(EmergentLeader.class).isSelf();
    }

    private static boolean sees(ConfigurableApplicationContext context, String id, Liveness state) {
        return member(context, id).filter(member -> member.state() == state).isPresent();
    }

    private static Optional<MemberView> member(ConfigurableApplicationContext context, String id) {
        return Optional.ofNullable(context.getBean(MembersEndpoint.class).member(id));
    }

    private static double counter(ConfigurableApplicationContext context, String name) {
        return context.getBean(MeterRegistry.class)
                .get("orderly.members." + name)
                .functionCounter()
                .count();
    }

    private static HttpRequest request(ConfigurableApplicationContext context, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(context) + path))
                .timeout(LONG)
                .build();
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
