package io.orderly.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a stub of an issuer, which numbers its tokens, and of a service, which accepts those from a number on. Time is a variable. */
class AuthorizedHttpClientTest {

    private static final int LIFE_SECONDS = 100;

    private final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // time overflows
    private volatile int firstAccepted;
    private volatile boolean issuerIsAway;
    private HttpServer server;
    private HttpClient http;
    private AuthorizedHttpClient client;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            if (issuerIsAway) {
                exchange.close();
                return;
            }
            tokenRequests.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body(exchange));
            answer(
                    exchange,
                    200,
                    "{\"access_token\":\"%d\",\"expires_in\":%d}".formatted(tokenRequests.size(), LIFE_SECONDS));
        });
        server.createContext("/refusing", exchange -> answer(exchange, 401, "{\"error\":\"invalid_client\"}"));
        server.createContext("/html", exchange -> answer(exchange, 200, "<html>"));
        server.createContext("/empty", exchange -> answer(exchange, 200, "{}"));
        server.createContext("/call", exchange -> {
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            calls.add(token + " " + body(exchange));
            boolean isAccepted = token.startsWith("Bearer ")
                    && Integer.parseInt(token.substring("Bearer ".length())) >= firstAccepted;
            answer(exchange, isAccepted ? 200 : 401, "");
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        http = HttpClient.newHttpClient();
        client = client("/token");
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        server.stop(0);
    }

    @Test
    void asksForATokenOnceWithItsSecretInAHeader() throws Exception {
        assertThat(call()).isEqualTo(200);
        assertThat(call()).isEqualTo(200);

        assertThat(calls).containsExactly("Bearer 1 order", "Bearer 1 order");
        // "a%3Ab" and "c%2B" in base64: RFC 6749 encodes id and secret first
        assertThat(tokenRequests)
                .containsExactly(
                        "Basic YSUzQWI6YyUyQg== grant_type=client_credentials&scope=orders%3Aread+orders%3Awrite");
    }

    @Test
    void renewsATokenAfterThreeQuartersOfItsLife() throws Exception {
        call();
        pass(LIFE_SECONDS * 3 / 4 - 1);
        call();
        pass(1);
        call();

        assertThat(calls).containsExactly("Bearer 1 order", "Bearer 1 order", "Bearer 2 order");
    }

    @Test
    void usesATokenToItsEndIfItCannotBeRenewed() throws Exception {
        call();
        issuerIsAway = true;
        pass(LIFE_SECONDS - 10);
        assertThat(call()).isEqualTo(200);
        pass(10);
        assertThatThrownBy(this::call).isInstanceOf(IOException.class).hasMessageStartingWith("no token for a:b at");
        assertThat(calls).hasSize(2);

        issuerIsAway = false;
        assertThat(call()).isEqualTo(200);
        assertThat(calls).last().isEqualTo("Bearer 2 order");
    }

    @Test
    void asksAgainForATokenThatItCouldNotRenewOnlyAfterAPause() throws Exception {
        call();
        issuerIsAway = true;
        pass(LIFE_SECONDS - 20);
        call();
        issuerIsAway = false;
        pass(4);
        call();
        assertThat(calls).last().isEqualTo("Bearer 1 order");
        pass(1);
        call();
        assertThat(calls).last().isEqualTo("Bearer 2 order");
    }

    @Test
    void sendsARefusedRequestOnceMoreWithANewToken() throws Exception {
        call();
        firstAccepted = 2;
        assertThat(call()).isEqualTo(200);
        assertThat(calls).containsExactly("Bearer 1 order", "Bearer 1 order", "Bearer 2 order");

        firstAccepted = Integer.MAX_VALUE;
        assertThat(call()).isEqualTo(401);
        assertThat(tokenRequests).hasSize(3);
    }

    @Test
    void sendsATokenOfAPersonOnceOnly() throws Exception {
        firstAccepted = 8;
        client = new AuthorizedHttpClient(http, Tokens.fixed("7"));
        assertThat(call()).isEqualTo(401);
        assertThat(calls).containsExactly("Bearer 7 order");
        assertThat(tokenRequests).isEmpty();
    }

    @Test
    void leavesATokenThatARequestHas() throws Exception {
        HttpRequest own = request("/call").header("Authorization", "Bearer 99").build();
        assertThat(client.send(own, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        assertThat(calls).containsExactly("Bearer 99 order");
        assertThat(tokenRequests).isEmpty();
    }

    @Test
    void oneThreadFetchesTheTokenForAll() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> statuses = IntStream.range(0, 20)
                    .mapToObj(_ -> threads.submit(this::call))
                    .toList();
            for (Future<Integer> status : statuses) {
                assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo(200);
            }
        }
        assertThat(tokenRequests).hasSize(1);
    }

    @Test
    void sendsAsynchronouslyToo() throws Exception {
        firstAccepted = 2;
        assertThat(client.sendAsync(request("/call").build(), BodyHandlers.discarding())
                        .get(30, TimeUnit.SECONDS)
                        .statusCode())
                .isEqualTo(200);

        assertThatThrownBy(() -> client("/refusing")
                        .sendAsync(request("/call").build(), BodyHandlers.discarding())
                        .get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({"/refusing, 401 invalid_client", "/html, 200 without JSON", "/empty, 200"})
    void saysWhyThereIsNoToken(String issuer, String reason) {
        client = client(issuer);
        assertThatThrownBy(this::call)
                .isInstanceOf(IOException.class)
                .hasMessage("no token for a:b at %s: %s", url(issuer), reason);
        assertThat(calls).isEmpty();
    }

    @Test
    void doesNotShowTheSecret() {
        assertThat(new ClientCredentials(url("/token"), "a", "secret", "operate"))
                .asString()
                .doesNotContain("secret");
    }

    private AuthorizedHttpClient client(String issuer) {
        var credentials = new ClientCredentials(url(issuer), "a:b", "c+", "orders:read orders:write");
        return new AuthorizedHttpClient(http, new ClientTokens(credentials, http, nanos::get));
    }

    private int call() throws IOException, InterruptedException {
        return client.send(request("/call").build(), BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url(path)).timeout(Duration.ofSeconds(30)).POST(BodyPublishers.ofString("order"));
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
