package io.orderly.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.gateway.routing.RoutesWebServerFactory;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.protocol.View;
import io.orderly.kit.members.KnownMembers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway in front of servers in the same JVM. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GatewayTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SERVICE = "order-service";
    private static final HttpHandler OK = exchange -> StubInstances.respond(exchange, 200, "ok");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext gateway;
    private static volatile List<View.Member> members = List.of();

    private final StubInstances stubs = new StubInstances();

    @BeforeAll
    static void start() {
        gateway = new SpringApplicationBuilder(GatewayApplication.class)
                .initializers(context -> context.getBeanFactory()
                        .registerSingleton("members", (KnownMembers) () -> new View("x", members)))
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--orderly.members.enabled=false",
                        "--orderly.gateway.response-timeout=2s",
                        "--orderly.gateway.routes[0].service=" + SERVICE,
                        "--orderly.gateway.routes[0].port=0",
                        "--orderly.gateway.routes[1].service=payment-service",
                        "--orderly.gateway.routes[1].port=0");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        HTTP.close();
    }

    @AfterEach
    void close() throws Exception {
        members = List.of();
        stubs.close();
    }

    @Test
    void requestsAreSharedAmongTheInstancesAndSayWhichOneResponded() throws Exception {
        members = List.of(
                StubInstances.member("balanced-1", Liveness.ALIVE, stubs.serve(OK)),
                StubInstances.member("balanced-2", Liveness.ALIVE, stubs.serve(OK)),
                StubInstances.member("suspected", Liveness.SUSPECT, stubs.serve(OK)),
                StubInstances.member("dead", Liveness.DEAD, stubs.serve(OK)),
                StubInstances.member("left", Liveness.LEFT, stubs.serve(OK)));
        for (int i = 0; i < 40; i++) {
            HttpResponse<String> response = get("/orders");
            assertThat(response.body()).isEqualTo("ok");
            assertThat(instance(response)).startsWith("balanced-");
        }
        assertThat(requests("balanced-1", "2xx")).isBetween(5.0, 35.0);
        assertThat(requests("balanced-1", "2xx") + requests("balanced-2", "2xx"))
                .isEqualTo(40);
    }

    @Test
    void theRequestAndTheResponseAreNotChanged() throws Exception {
        var seen = new AtomicReference<HttpExchange>();
        members = List.of(StubInstances.member("one", Liveness.ALIVE, stubs.serve(exchange -> {
            seen.set(exchange);
            exchange.getResponseHeaders().set("ETag", "\"7\"");
            exchange.getResponseHeaders().set("Location", "/orders/1");
            StubInstances.respond(
                    exchange, 201, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        })));
        HttpResponse<String> response = send(request("/a%20b/%C3%BC?x=1&x=%2B&flag&empty=")
                .POST(BodyPublishers.ofString("k=v&k=w"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Idempotency-Key", "key-1")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .header("If-Match", "\"6\"")
                .header("X-Forwarded-For", "1.2.3.4")
                .header("X-Long", "x".repeat(20_000)));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("k=v&k=w");
        assertThat(response.headers().map())
                .containsEntry("etag", List.of("\"7\""))
                .containsEntry("location", List.of("/orders/1"));
        assertThat(seen.get().getRequestURI()).hasToString("/a%20b/%C3%BC?x=1&x=%2B&flag&empty=");
        Map<String, String> expected = Map.of(
                "Host", "127.0.0.1:" + port(),
                "Idempotency-Key", "key-1",
                "Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "If-Match", "\"6\"",
                "Content-Length", "7",
                "X-Forwarded-For", "127.0.0.1",
                "X-Forwarded-Proto", "http",
                "X-Forwarded-Host", "127.0.0.1:" + port(),
                "X-Forwarded-Port", String.valueOf(port()));
        expected.forEach((name, value) ->
                assertThat(seen.get().getRequestHeaders().get(name)).as(name).containsExactly(value));
        assertThat(seen.get().getRequestHeaders().getFirst("X-Long")).hasSize(20_000);
        assertThat(seen.get().getRequestHeaders()).doesNotContainKeys("Accept-encoding", "Upgrade");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/error", "/actuator/health", "/v3/api-docs", "/problems/not-found"})
    void everyPathOfAServiceIsTheInstances(String path) throws Exception {
        members = List.of(StubInstances.member(
                "one", Liveness.ALIVE, stubs.serve(exchange -> StubInstances.respond(exchange, 404, "instance"))));
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("instance");
    }

    @Test
    void aClientThatHasTheVersionGetsNoBodyAndTheConnectionIsFreeAgain() throws Exception {
        members = List.of(StubInstances.member("one", Liveness.ALIVE, stubs.serve(exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"7\"");
            StubInstances.respond(exchange, 200, "body");
        })));
        assertThat(send(request("/").header("If-None-Match", "\"7\"")).statusCode())
                .isEqualTo(304);
        assertThat(get("/").body()).isEqualTo("body");
    }

    @Test
    void aRequestGoesToAnotherInstanceIfOneRefusesTheConnection() throws Exception {
        members = List.of(
                StubInstances.member("gone", Liveness.ALIVE, StubInstances.gone()),
                StubInstances.member(
                        "suspected",
                        Liveness.SUSPECT,
                        stubs.serve(exchange -> StubInstances.respond(
                                exchange,
                                200,
                                new String(exchange.getRequestBody().readAllBytes(), UTF_8)))));
        double before = count("orderly.gateway.retries", "service", SERVICE);
        HttpResponse<String> response = send(request("/orders").POST(BodyPublishers.ofString("body")));
        assertThat(response.body()).isEqualTo("body");
        assertThat(instance(response)).isEqualTo("suspected");
        assertThat(requests("gone", "not_sent")).isOne();
        assertThat(count("orderly.gateway.retries", "service", SERVICE)).isEqualTo(before + 1);
    }

    @Test
    void aGetWhoseConnectionBreaksGoesToAnotherInstance() throws Exception {
        BreakingServer breaking = stubs.breaking("");
        members = List.of(
                StubInstances.member("breaking", Liveness.ALIVE, breaking.url()),
                StubInstances.member("suspected", Liveness.SUSPECT, stubs.serve(OK)));
        HttpResponse<String> response = get("/orders");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(instance(response)).isEqualTo("suspected");
        assertThat(breaking.requests()).isOne();
    }

    @Test
    void aGetIsSentToEachInstanceOnce() throws Exception {
        BreakingServer first = stubs.breaking("");
        BreakingServer second = stubs.breaking("HTTP/1.1 2");
        members = List.of(
                StubInstances.member("first", Liveness.ALIVE, first.url()),
                StubInstances.member("second", Liveness.ALIVE, second.url()));
        assertProblem(get("/orders"), 502, "/problems/bad-gateway");
        assertThat(first.requests()).isOne();
        assertThat(second.requests()).isOne();
    }

    @Test
    void aPostWhoseConnectionBreaksIsNotSentAgain() throws Exception {
        var requests = new AtomicInteger();
        members = List.of(
                StubInstances.member(
                        "post-broken", Liveness.ALIVE, stubs.breaking("").url()),
                StubInstances.member("suspected", Liveness.SUSPECT, stubs.serve(exchange -> {
                    requests.incrementAndGet();
                    StubInstances.respond(exchange, 200, "ok");
                })));
        HttpResponse<String> response = send(request("/orders").POST(BodyPublishers.ofString("{}")));
        assertProblem(response, 502, "/problems/bad-gateway");
        assertThat(response.body()).contains("It may have processed the request");
        assertThat(instance(response)).isEqualTo("post-broken");
        assertThat(requests).hasValue(0);
        assertThat(requests("post-broken", "broken")).isOne();
    }

    @Test
    void aRequestThatTimesOutIsNotSentAgain() throws Exception {
        var mayEnd = new CountDownLatch(1);
        members = List.of(
                StubInstances.member("silent", Liveness.ALIVE, stubs.serve(exchange -> StubInstances.await(mayEnd))),
                StubInstances.member("suspected", Liveness.SUSPECT, stubs.serve(OK)));
        try {
            assertProblem(get("/orders"), 504, "/problems/gateway-timeout");
        } finally {
            mayEnd.countDown();
        }
    }

    @Test
    void aShortBodyThatBreaksIsAProblem() throws Exception {
        members = List.of(StubInstances.member(
                "one",
                Liveness.ALIVE,
                stubs.breaking("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning")
                        .url()));
        assertProblem(get("/orders"), 502, "/problems/bad-gateway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nffff\r\n"})
    void aLongBodyThatBreaksDoesNotLookComplete(String headers) throws Exception {
        BreakingServer breaking = stubs.breaking("HTTP/1.1 200 OK\r\n" + headers + "x".repeat(50_000));
        members = List.of(StubInstances.member("one", Liveness.ALIVE, breaking.url()));
        assertThatThrownBy(() -> get("/orders"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void eventsArePassedOnAtOnceAndTheStreamEndsWithTheClient() throws Exception {
        var received = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        members = List.of(StubInstances.member("one", Liveness.ALIVE, stubs.serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write("data: 1\n\n".getBytes(UTF_8));
            out.flush();
            StubInstances.await(received);
            try {
                while (!ended.await(10, TimeUnit.MILLISECONDS)) {
                    out.write(": heartbeat\n\n".getBytes(UTF_8));
                    out.flush();
                }
            } catch (IOException e) {
                ended.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })));
        HttpResponse<InputStream> response = HTTP.send(
                request("/stream").header("Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
        try (InputStream events = response.body()) {
            // arrives while the instance has not ended the response, and waits
            assertThat(events.readNBytes(9)).isEqualTo("data: 1\n\n".getBytes(UTF_8));
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            received.countDown();
        }
        assertThat(ended.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void largeBodiesPassUpToTheLimitInBothDirections() throws Exception {
        members = List.of(StubInstances.member("one", Liveness.ALIVE, stubs.serve(exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                for (int i = 0; i < 4; i++) {
                    exchange.getResponseBody().write(body);
                }
            }
        })));
        int limit = 1024 * 1024;
        String body = "x".repeat(limit);
        assertThat(send(request("/").POST(BodyPublishers.ofString(body))).body())
                .hasSize(4 * limit);
        assertProblem(send(request("/").POST(BodyPublishers.ofString(body + "x"))), 413, "/problems/body-too-large");
    }

    @Test
    void withoutAnInstanceTheServiceIsUnavailable() throws Exception {
        members = List.of(StubInstances.member("dead", Liveness.DEAD, stubs.serve(OK)));
        double before = count("orderly.gateway.unavailable", "service", SERVICE);
        HttpResponse<String> response = get("/orders");
        assertProblem(response, 503, "/problems/unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(count("orderly.gateway.unavailable", "service", SERVICE)).isEqualTo(before + 1);

        members = List.of(
                StubInstances.member("a", Liveness.ALIVE, StubInstances.gone()),
                StubInstances.member("b", Liveness.ALIVE, StubInstances.gone()));
        assertProblem(send(request("/orders").POST(BodyPublishers.ofString("{}"))), 503, "/problems/unavailable");
    }

    @Test
    void itsOwnPortShowsTheRoutes() throws Exception {
        members = List.of(StubInstances.member("one", Liveness.ALIVE, "http://127.0.0.1:1"));
        String own = "http://127.0.0.1:" + gateway.getEnvironment().getRequiredProperty("local.server.port");
        assertThat(text(own + "/actuator/routes"))
                .contains(
                        "{\"service\":\"order-service\",\"port\":%d,\"instances\":[{\"id\":\"one\"".formatted(port()));
        assertThat(text(own + "/actuator/health")).contains("\"UP\"");
        assertThat(text("http://127.0.0.1:" + port() + "/problems/bad-gateway")).contains("did not respond");
    }

    private static String text(String uri) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(uri)).timeout(LONG).build(), BodyHandlers.ofString())
                .body();
    }

    /** The last test, because the metrics exist from the first event on. */
    @Test
    @Order(Integer.MAX_VALUE)
    void itHasTheMetricsOfItsPageAndNoOthers() throws Exception {
        Set<String> described = Pattern.compile("`(orderly\\.[a-z.-]+)`")
                .matcher(Files.readString(Path.of("..", "docs", "metrics.md")))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        Set<String> exported = gateway.getBean(MeterRegistry.class).getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("orderly."))
                .collect(Collectors.toSet());
        assertThat(described).as("described metrics").containsAll(exported);
        assertThat(exported)
                .as("metrics")
                .containsAll(described.stream()
                        .filter(name -> name.startsWith("orderly.gateway."))
                        .toList());
    }

    private static void assertProblem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"type\":\"%s\"".formatted(type));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString(ISO_8859_1));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(LONG);
    }

    private static int port() {
        return gateway.getBean(RoutesWebServerFactory.class).ports().get(SERVICE);
    }

    private static String instance(HttpResponse<?> response) {
        return response.headers().firstValue("Orderly-Instance").orElse("none");
    }

    private static double requests(String instance, String outcome) {
        return count("orderly.gateway.requests", "instance", instance, "outcome", outcome);
    }

    private static double count(String name, String... tags) {
        return gateway.getBean(MeterRegistry.class).find(name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
