package io.orderly.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.orderly.console.order.SampleSaga;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The HTTP interface of the console, with services that answer at once. */
class ConsoleTest {

    private static final String ID = "01936f00-0000-7000-8000-000000000001";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static StubSystem services;
    private static TestConsole console;

    /** Without coordinators and faults, and whose services are away. */
    private static TestConsole alone;

    @BeforeAll
    static void start() throws Exception {
        services = new StubSystem();
        console = new TestConsole(
                services.url(), 0, "--orderly.console.max-streams=3", "--orderly.console.faults=" + services.url());
        alone = new TestConsole("http://127.0.0.1:1", 0, "--orderly.console.coordinators=");
    }

    @AfterAll
    static void stop() {
        alone.close();
        console.close();
        services.close();
    }

    @Test
    void everyAnswerForbidsWhatThePageDoesNotNeed() throws Exception {
        for (String path : List.of("/", "/js/main.js", "/api/products", "/api/orders/x", "/none")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                            + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
        assertThat(get("/").headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    }

    @Test
    void passesAnOrderToTheServiceAndItsProblemBack() throws Exception {
        services.answer(422, "{\"title\":\"Unknown product\",\"status\":422}");
        HttpResponse<String> answer = post("/api/orders", "key-1", "{\"customer\":\"ada\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).isEqualTo("{\"title\":\"Unknown product\",\"status\":422}");
        assertThat(services.posts()).contains(new StubSystem.Request("/orders", "key-1", "{\"customer\":\"ada\"}"));
    }

    @Test
    void passesActionsToTheirEndpoints() throws Exception {
        services.answer(202, "{}");
        for (String action : List.of("cancel", "retry", "park", "compensate")) {
            assertThat(post("/api/orders/" + ID + "/" + action, action, "{\"by\":\"ada\"}")
                            .statusCode())
                    .isEqualTo(202);
        }
        assertThat(services.posts())
                .contains(
                        new StubSystem.Request("/orders/" + ID + "/cancellation", "cancel", ""),
                        new StubSystem.Request("/sagas/" + ID + "/retry", "retry", "{\"by\":\"ada\"}"),
                        new StubSystem.Request("/sagas/" + ID + "/park", "park", "{\"by\":\"ada\"}"),
                        new StubSystem.Request("/sagas/" + ID + "/compensate", "compensate", "{\"by\":\"ada\"}"));
        assertThat(post("/api/orders/" + ID + "/park", "big", "x".repeat(10_000))
                        .statusCode())
                .isEqualTo(413);
        assertThat(post("/api/orders/" + ID + "/delete", "a", "{}").statusCode())
                .isEqualTo(404);
        assertThat(post("/api/orders/..%2f..%2fsagas/park", "a", "{}").statusCode())
                .isBetween(400, 404);
    }

    /** A page of another site can send neither the header nor the media type without asking first. */
    @Test
    void refusesWhatAFormOfAnotherSiteCanSend() throws Exception {
        int before = services.posts().size();
        HttpResponse<String> withoutKey = HTTP.send(
                HttpRequest.newBuilder(URI.create(console.url() + "/api/orders"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> asText = HTTP.send(
                HttpRequest.newBuilder(URI.create(console.url() + "/api/orders"))
                        .header("Content-Type", "text/plain")
                        .header("Idempotency-Key", "a")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(withoutKey.statusCode()).isEqualTo(400);
        assertThat(asText.statusCode()).isEqualTo(415);
        assertThat(post("/api/orders", "big", "x".repeat(100_000)).statusCode()).isEqualTo(413);
        assertThat(services.posts()).hasSize(before);
    }

    @Test
    void passesDeadLettersAndParkedOrdersToTheirServices() throws Exception {
        services.reset();
        assertThat(get("/api/parked").body()).contains("PARKED");
        assertThat(get("/api/orders/" + ID + "/timeline").body()).contains("BY_OPERATOR");
        assertThat(get("/api/orders/x/timeline").statusCode()).isEqualTo(400);
        assertThat(get("/api/services/payment-service/dead-letters").body()).contains("deadLetters");
        services.answer(200, "{\"letters\":[],\"handled\":0}");
        assertThat(post("/api/services/payment-service/dead-letters/replay", "a", "{\"ids\":[]}")
                        .body())
                .isEqualTo("{\"letters\":[],\"handled\":0}");
        assertThat(services.posts()).contains(new StubSystem.Request("/dead-letters/replay", "null", "{\"ids\":[]}"));

        int before = services.posts().size();
        assertThat(post("/api/services/payment-service/dead-letters/delete", "a", "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("/api/services/other/dead-letters/replay", "a", "{}").statusCode())
                .isEqualTo(404);
        assertThat(post("/api/services/payment-service/dead-letters/replay", "a", "x".repeat(20_000))
                        .statusCode())
                .isEqualTo(413);
        assertThat(get("/api/services/payment-service/dead-letters?after=x").statusCode())
                .isEqualTo(400);
        assertThat(get("/api/services/payment-service/dead-letters/x").statusCode())
                .isEqualTo(400);
        assertThat(services.posts()).hasSize(before);
    }

    @Test
    void passesOrdersToTheAntiPatterns() throws Exception {
        services.reset();
        services.answer(201, "{\"status\":\"CONFIRMED\"}");
        assertThat(post("/api/anti-patterns/distributed-transaction/orders", "key-2", "{\"customer\":\"ada\"}")
                        .body())
                .isEqualTo("{\"status\":\"CONFIRMED\"}");
        assertThat(services.posts())
                .contains(new StubSystem.Request(
                        "/anti-patterns/distributed-transaction/orders", "key-2", "{\"customer\":\"ada\"}"));
        assertThat(get("/api/anti-patterns/in-doubt").body()).contains("ExclusiveLock");
        assertThat(get("/api/orders/" + ID + "/effects").body())
                .contains("{\"service\":\"payment-service\",\"kind\":\"payment\",\"state\":\"<img src=x>\"}");
        int before = services.posts().size();
        assertThat(post("/api/anti-patterns/chatty/orders", "a", "{}").statusCode())
                .isEqualTo(404);
        assertThat(post("/api/anti-patterns/in-memory-compensation/orders", "a", "x".repeat(100_000))
                        .statusCode())
                .isEqualTo(413);
        assertThat(get("/api/orders/x/effects").statusCode()).isEqualTo(400);
        assertThat(services.posts()).hasSize(before);
        services.onlyPatterns();
        assertThat(post("/api/anti-patterns/in-memory-compensation/orders", "a", "{}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void recordsTheLastMinutesAndWritesThemToFiles() throws Exception {
        String id = "01936f00-0000-7000-8000-000000000077";
        Instant now = Instant.now();
        console.read(SampleSaga.confirmed(id, "ada", now.minusSeconds(60)));
        assertThat(get("/api/recording").body())
                .contains("\"fromMillis\":", id, "\"flow\":\"ORDER>PAYMENT\"", "\"status\":\"CONFIRMED\"");

        HttpResponse<String> order = get("/api/orders/" + id + "/export");
        assertThat(order.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(order.headers().firstValue("Content-Disposition").orElse(""))
                .isEqualTo("attachment; filename=\"order-" + id + ".html\"");
        assertThat(order.body()).contains("CONFIRMED", "PENCIL-HB", "ShipmentScheduled");
        long end = now.toEpochMilli();
        String stretch = "/api/recording/export?from=%d&to=%d";
        assertThat(get(stretch.formatted(end - 70_000, end)).body()).contains(id);
        assertThat(get(stretch.formatted(end - 10, end)).body()).doesNotContain(id);

        assertThat(get("/api/orders/%3Cimg%3E/export").statusCode()).isEqualTo(404);
        assertThat(get(stretch.formatted(end, end - 1)).statusCode()).isEqualTo(400);
        assertThat(get("/api/recording/export?from=x&to=1").statusCode()).isEqualTo(400);
        assertThat(get("/api/recording/export").statusCode()).isEqualTo(400);
        assertThat(get(stretch.formatted(Long.MIN_VALUE, Long.MAX_VALUE)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void showsWhatASagaWaitsFor() throws Exception {
        services.reset();
        assertThat(get("/api/orders/" + ID + "/awaited").statusCode()).isEqualTo(502);
        services.saga("{\"phase\":\"FORWARD\",\"awaiting\":\"CHARGE_PAYMENT\",\"attempt\":1,\"deadline\":\"%s\"}"
                .formatted(Instant.now().plusSeconds(900)));
        assertThat(get("/api/orders/" + ID + "/awaited").body()).contains("CHARGE_PAYMENT", "\"remainingMillis\":");
        assertThat(get("/api/orders/x/awaited").statusCode()).isEqualTo(400);
    }

    @Test
    void showsWhatTheCoordinatorKeeps() throws Exception {
        assertThat(get("/api/coordinator").body())
                .contains("\"lease\":\"1a2b\"", "\"remainingSeconds\":29", "\"token\":77", "\"waiting\":2");
        assertThat(get(alone, "/api/coordinator").body()).contains("no members of a coordinator");
    }

    @Test
    void passesSettingsToTheirServices() throws Exception {
        String setting = "/api/services/order-service/settings/saga.longest-deadline";
        assertThat(get("/api/services/order-service/settings").body()).contains("saga.longest-deadline");
        assertThat(get(setting).body()).contains("history");
        services.answer(200, "{}");
        assertThat(post(setting, "a", "{\"value\":\"5m\",\"by\":\"ada\"}").statusCode())
                .isEqualTo(200);
        assertThat(services.posts())
                .contains(new StubSystem.Request(
                        "/actuator/settings/saga.longest-deadline", "null", "{\"value\":\"5m\",\"by\":\"ada\"}"));
        int before = services.posts().size();
        assertThat(post(setting, "a", "x".repeat(5_000)).statusCode()).isEqualTo(413);
        for (String name : List.of("..", ".a", "a%20b", "%2e%2e")) {
            assertThat(post("/api/services/order-service/settings/" + name, "a", "{}")
                            .statusCode())
                    .as(name)
                    .isBetween(400, 499);
        }
        assertThat(services.posts()).hasSize(before);
    }

    @Test
    void passesFaultsToTheLauncher() throws Exception {
        services.reset();
        HttpResponse<String> injected = HTTP.send(
                HttpRequest.newBuilder(URI.create(console.url() + "/api/faults?seconds=5"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"fault\":\"kill\",\"process\":\"kafka\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(injected.statusCode()).isEqualTo(201);
        assertThat(services.posts())
                .contains(new StubSystem.Request(
                        "/faults?seconds=5", "null", "{\"fault\":\"kill\",\"process\":\"kafka\"}"));
        assertThat(get("/api/faults").body()).contains("\"kill\"", "order-service->kafka");
        assertThat(get("/api/crash-points/order-service").body()).contains("before-batch-commit");
        assertThat(delete("/api/faults/fault-1").statusCode()).isEqualTo(204);
        assertThat(get("/api/faults").body()).doesNotContain("\"kill\"");

        assertThat(get("/api/crash-points/..%2ffaults").statusCode()).isBetween(400, 404);
        assertThat(delete("/api/faults/a%20b").statusCode()).isEqualTo(404);
        assertThat(get("/api/faults?seconds=x").statusCode()).isEqualTo(200);
        assertThat(post("/api/faults?seconds=x", "a", "{}").statusCode()).isEqualTo(400);
        assertThat(post("/api/faults", "a", "x".repeat(10_000)).statusCode()).isEqualTo(413);
    }

    /** A page of another site has another name, which may be resolved to this machine. */
    @Test
    void faultsAreForThisMachineOnly() throws Exception {
        int before = services.posts().size();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream()
                    .write(("POST /api/faults HTTP/1.1\r\nHost: rebound.example\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 2\r\nConnection: close\r\n\r\n{}")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(reader(socket).readLine()).contains("403");
        }
        HttpResponse<String> asText = HTTP.send(
                HttpRequest.newBuilder(URI.create(console.url() + "/api/faults"))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(asText.statusCode()).isEqualTo(415);
        assertThat(services.posts()).hasSize(before);
    }

    @Test
    void saysThatTheSystemAcceptsNoFaults() throws Exception {
        HttpResponse<String> answer = get(alone, "/api/faults");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("--faults");
    }

    @Test
    void saysThatAServiceIsAway() throws Exception {
        HttpResponse<String> answer = post(alone, "/api/orders", "a", "{}");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("It has received nothing.");
    }

    @Test
    void showsAnOrderAndSaysIfItDoesNotKnowIt() throws Exception {
        console.read(SampleSaga.confirmed(ID, "ada", Instant.now()));
        assertThat(get("/api/orders/" + ID).body()).contains("\"status\":\"CONFIRMED\"", "\"pivot\":true");
        assertThat(get("/api/orders/01936f00-0000-7000-8000-00000000ffff").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aStreamBeginsWithTheStateAndResumesAtItsPosition() throws Exception {
        console.read(SampleSaga.confirmed(ID, "ada", Instant.now()));
        String id;
        try (Socket page = open(console, "")) {
            BufferedReader lines = reader(page);
            id = lineAfter(lines, "id:");
            assertThat(lineAfter(lines, "data:")).contains("\"reset\":true", ID);
        }
        String other = "01936f00-0000-7000-8000-000000000002";
        console.read(SampleSaga.rejected(other, "broke", Instant.now()));
        try (Socket page = open(console, id)) {
            assertThat(lineAfter(reader(page), "data:"))
                    .contains("\"reset\":false")
                    .doesNotContain("\"skipped\":1");
        }
        try (Socket page = open(console, "anotherrun-5")) {
            assertThat(lineAfter(reader(page), "data:")).contains("\"reset\":true");
        }
        await().atMost(TIMEOUT).until(() -> console.openStreams() == 0);
    }

    /** The web server would wait that long for the stream of a page. */
    @Test
    void stopsAlthoughAPageIsOpen() throws Exception {
        TestConsole stopping = new TestConsole(services.url(), 0, "--spring.lifecycle.timeout-per-shutdown-phase=10m");
        try (Socket page = open(stopping, "")) {
            await().atMost(TIMEOUT).until(() -> stopping.openStreams() == 1);
            assertTimeoutPreemptively(TIMEOUT, stopping::close);
            assertThat(page.isClosed()).as("by the test").isFalse();
        }
    }

    @Test
    void linksToNoTraceByItself() throws Exception {
        assertThat(get("/api/links").body()).isEqualTo("{\"trace\":null}");
    }

    @Test
    void itHasTheMetricsOfItsPageAndNoOthers() throws Exception {
        List<String> described = Pattern.compile("`(orderly\\.console\\.[a-z.-]+)`")
                .matcher(Files.readString(Path.of("..", "docs", "metrics.md")))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(console.meters().getMeters())
                .extracting(meter -> meter.getId().getName())
                .filteredOn(name -> name.startsWith("orderly."))
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void tooManyPagesAreRefused() throws Exception {
        await().atMost(TIMEOUT).until(() -> console.openStreams() == 0);
        try (Socket a = open(console, "");
                Socket b = open(console, "");
                Socket c = open(console, "")) {
            await().atMost(TIMEOUT).until(() -> console.openStreams() == 3);
            HttpResponse<String> refused = get("/api/stream");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(List.of(a, b, c)).noneMatch(Socket::isClosed);
        }
        await().atMost(TIMEOUT).until(() -> console.openStreams() == 0);
    }

    private static Socket open(TestConsole of, String lastEventId) throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 << 10);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), of.port()));
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        OutputStream out = socket.getOutputStream();
        out.write("GET /api/stream HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: %s\r\n\r\n"
                .formatted(lastEventId)
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws Exception {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String lineAfter(BufferedReader lines, String prefix) throws Exception {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        throw new AssertionError("the stream ended");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return get(console, path);
    }

    private static HttpResponse<String> get(TestConsole of, String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(of.url() + path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> delete(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(console.url() + path))
                        .DELETE()
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String key, String body) throws Exception {
        return post(console, path, key, body);
    }

    private static HttpResponse<String> post(TestConsole to, String path, String key, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(to.url() + path))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
