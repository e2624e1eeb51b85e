package io.orderly.provider.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.orderly.provider.faults.FaultInjector;
import io.orderly.provider.faults.FaultSettings;
import io.orderly.provider.journal.DurableBook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API of one server. Each test uses its own keys; the settings are reset after each test. */
class ProviderServerIntegrationTest {

    private static final FaultSettings NO_FAULTS = new FaultSettings(0, 0, 0, 0, 0, 0, 0, false, 7, Map.of());

    @TempDir
    static Path folder;

    private static DurableBook book;
    private static ProviderServer server;
    private static ProviderClient client;

    @BeforeAll
    static void start() throws IOException {
        book = DurableBook.open(folder, InstantSource.system(), failure -> {
            throw new AssertionError(failure);
        });
        server = ProviderServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), book, new FaultInjector(NO_FAULTS));
        client = new ProviderClient(server.address());
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        server.close();
        book.close();
    }

    @AfterEach
    void resetFaults() throws IOException {
        assertThat(client.put("/settings", "{}").status()).isEqualTo(200);
    }

    @Test
    void aKeyIsChargedOnce() throws IOException {
        var first = client.charge("once", "cust-1", "12.34");
        var again = client.charge("once", "cust-1", "12.34");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.contentType()).isEqualTo("application/json");
        assertThat(first.field("status")).isEqualTo("CHARGED");
        assertThat(first.json().get("amount").isString()).isTrue();
        assertThat(first.field("amount")).isEqualTo("12.34");
        assertThat(again).isEqualTo(first);
        assertThat(client.get("/charges/once")).isEqualTo(first);
    }

    @Test
    void concurrentRequestsWithOneKeyChargeOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ProviderClient.Response> ask = () -> client.charge("crowd", "cust-1", "12.34");
            var answers = new ArrayList<ProviderClient.Response>();
            for (var answer :
                    threads.invokeAll(IntStream.range(0, 50).mapToObj(_ -> ask).toList())) {
                answers.add(answer.get());
            }
            assertThat(answers).containsOnly(answers.getFirst());
        }
    }

    @Test
    void aKeyOfAnotherRequestIsRefused() throws IOException {
        client.charge("reused", "cust-1", "12.34");

        assertProblem(client.charge("reused", "cust-1", "12.35"), 422, "key");
        assertProblem(client.charge("reused", "cust-2", "12.34"), 422, "key");
        assertThat(client.get("/charges/reused").field("amount")).isEqualTo("12.34");
    }

    @Test
    void aReversalWorksInAnyStatus() throws IOException {
        client.charge("reversed", "cust-1", "12.34");
        assertThat(client.post("/charges/reversed/reversal").field("status")).isEqualTo("REFUNDED");
        assertThat(client.post("/charges/reversed/reversal").field("status")).isEqualTo("REFUNDED");

        assertThat(client.post("/charges/never/reversal").field("status")).isEqualTo("VOIDED");
        assertThat(client.charge("never", "cust-1", "12.34").field("status")).isEqualTo("VOIDED");
        assertThat(client.get("/charges/never").json().has("amount")).isFalse();
    }

    @Test
    void anAmountCanBeHeldThenCapturedOrVoided() throws IOException {
        var request = ProviderClient.request("cust-1", "12.34");
        assertThat(client.put("/authorizations/held", request).field("status")).isEqualTo("AUTHORIZED");
        assertThat(client.get("/authorizations/held").field("status")).isEqualTo("AUTHORIZED");
        assertThat(client.post("/authorizations/held/capture").field("status")).isEqualTo("CHARGED");
        assertProblem(client.post("/authorizations/held/void"), 409, "key");

        client.put("/authorizations/dropped", request);
        assertThat(client.post("/authorizations/dropped/void").field("status")).isEqualTo("VOIDED");
        assertProblem(client.post("/authorizations/dropped/capture"), 409, "key");
        assertProblem(client.post("/authorizations/unheard-of/capture"), 404, "key");
    }

    @Test
    void aDeclineIsReturnedWithStatus200() throws IOException {
        client.put("/settings", "{\"declinedAccounts\":{\"poor\":\"insufficient_funds\"}}");
        var declined = client.charge("declined", "poor", "12.34");

        assertThat(declined.status()).isEqualTo(200);
        assertThat(declined.field("status")).isEqualTo("DECLINED");
        assertThat(declined.field("reason")).isEqualTo("insufficient_funds");
        client.put("/settings", "{}");
        assertThat(client.charge("declined", "poor", "12.34")).isEqualTo(declined);

        client.put("/settings", "{\"declineRate\":1}");
        assertThat(client.charge("unlucky", "rich", "12.34").field("reason")).isEqualTo("do_not_honor");
    }

    @Test
    void aRequestWithALostAnswerIsExecuted() throws IOException {
        client.put("/settings", "{\"lostAnswerRate\":1}");
        var errors = 0;
        var silences = 0;
        for (int i = 0; i < 16; i++) {
            try {
                assertProblem(client.charge("lost-" + i, "cust-1", "12.34"), 500, null);
                errors++;
            } catch (IOException _) {
                silences++;
            }
        }
        assertThat(errors).isPositive();
        assertThat(silences).isPositive();

        client.put("/settings", "{}");
        for (int i = 0; i < 16; i++) {
            var found = client.get("/charges/lost-" + i);
            assertThat(found.field("status")).isEqualTo("CHARGED");
            assertThat(client.charge("lost-" + i, "cust-1", "12.34")).isEqualTo(found);
        }
    }

    @Test
    void aRequestThatFailsIsNotExecuted() throws IOException {
        client.put("/settings", "{\"errorRate\":1}");
        assertProblem(client.charge("failed", "cust-1", "12.34"), 500, null);

        client.put("/settings", "{}");
        assertProblem(client.get("/charges/failed"), 404, "key");
    }

    @Test
    void onlyHealthAndSettingsAreServedDuringAnOutage() throws IOException {
        client.put("/settings", "{\"outage\":true}");

        assertProblem(client.charge("out", "cust-1", "12.34"), 503, null);
        assertProblem(client.get("/charges/once"), 503, null);
        assertProblem(client.get("/book"), 503, null);
        assertProblem(client.get("/book/summary"), 503, null);
        assertThat(client.get("/health").status()).isEqualTo(200);
        assertThat(client.get("/settings").json().get("outage").booleanValue()).isTrue();
    }

    @Test
    void requestsAreCountedDuringAnOutage() throws IOException {
        long before = client.get("/traffic").json().get("requests").longValue();
        client.charge("counted", "cust-1", "1.00");
        client.put("/settings", "{\"outage\": true}");
        client.get("/charges/counted");
        client.get("/book");
        assertThat(client.get("/traffic").json().get("requests").longValue() - before)
                .isEqualTo(2);
    }

    @Test
    void settingsAbsentFromAPutAreReset() throws IOException {
        var changed = client.put("/settings", """
                {"latencyMillis":1,"jitterMillis":2,"slowRate":0.25,"slowMillis":3,"errorRate":0.5,"lostAnswerRate":0.125,
                 "declineRate":1,"outage":true,"seed":-9223372036854775808,"declinedAccounts":{"a":"b"}}""");
        assertThat(client.get("/settings")).isEqualTo(changed);
        assertThat(changed.json().get("seed").longValue()).isEqualTo(Long.MIN_VALUE);
        assertThat(changed.json().get("declinedAccounts").get("a").stringValue())
                .isEqualTo("b");

        var back = client.put("/settings", "{}").json();
        assertThat(back.get("outage").booleanValue()).isFalse();
        assertThat(back.get("seed").longValue()).isEqualTo(NO_FAULTS.seed());
    }

    @Test
    void theBookCanBeReadPageByPage() throws IOException {
        for (int i = 0; i < 5; i++) {
            client.charge("page-" + i, "cust-1", "1.00");
        }
        var keys = new ArrayList<String>();
        var after = 0L;
        boolean more;
        do {
            var page = client.get("/book?limit=2&after=" + after).json();
            page.get("payments").forEach(payment -> keys.add(payment.get("key").stringValue()));
            after = page.get("next").longValue();
            more = page.get("more").booleanValue();
        } while (more);

        assertThat(keys)
                .contains("page-0", "page-1", "page-2", "page-3", "page-4")
                .doesNotHaveDuplicates();
        var summary = client.get("/book/summary").json();
        assertThat(summary.get("payments").intValue()).isEqualTo(keys.size());
        assertThat(summary.get("sequence").longValue()).isEqualTo(after);

        var tail = client.get("/book?after=" + after).json();
        assertThat(tail.get("payments").isEmpty()).isTrue();
        assertThat(tail.get("next").longValue()).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource
    void anyReadableTextIsStoredUnchanged(String text) throws IOException {
        var key = URLEncoder.encode(text, UTF_8).replace("+", "%20");
        var charged = client.charge(key, text.replace("\\", "\\\\").replace("\"", "\\\""), "1.00");

        assertThat(charged.status()).isEqualTo(200);
        assertThat(charged.field("key")).isEqualTo(text);
        assertThat(charged.field("account")).isEqualTo(text);
        assertThat(client.get("/charges/" + key)).isEqualTo(charged);
    }

    static Stream<String> anyReadableTextIsStoredUnchanged() {
        return Stream.of(
                "Robert'); DROP TABLE payments;--",
                "../../book",
                "a/b+c d%20e?f#g&h=i",
                "Ünïcødé ✓ 日本語 🛒",
                "👩\u200d💻",
                "{\"status\":\"CHARGED\"}",
                "back\\slash",
                "x".repeat(200));
    }

    @ParameterizedTest(name = "{0} {1} {3}")
    @MethodSource
    void invalidInputIsRejectedAndStoresNothing(
            String method, String path, @Nullable String contentType, String body, int status, @Nullable String field)
            throws IOException {
        var before = client.get("/book/summary");

        assertProblem(client.send(method, path, contentType, BodyPublishers.ofString(body)), status, field);

        assertThat(client.get("/book/summary")).isEqualTo(before);
        assertThat(client.get("/settings").json().get("outage").booleanValue()).isFalse();
    }

    static Stream<Arguments> invalidInputIsRejectedAndStoresNothing() {
        var good = ProviderClient.request("cust-1", "12.34");
        var amounts = Stream.of("0", "0.00", "-1", "1.234", "1e3", "1E+999999999", "NaN", "", " 1", "1,00", "0x10")
                .map(amount -> put(ProviderClient.request("cust-1", amount), amount.isEmpty() ? 400 : 422, "amount"));
        var huge = Stream.of("1000000000", "9".repeat(100))
                .map(amount -> put(ProviderClient.request("cust-1", amount), 422, "amount"));
        var bodies = Stream.of(
                put("", 400, null),
                put("{", 400, null),
                put("[]", 400, null),
                put("null", 400, null),
                put("\"text\"", 400, null),
                put(good + "x", 400, null),
                put(good.replace("{", "{\"account\":\"cust-2\","), 400, null),
                put("[".repeat(20_000), 400, null),
                put("{}", 400, "account"),
                put(good.replace("\"12.34\"", "12.34"), 400, "amount"),
                put(good.replace("\"12.34\"", "null"), 400, "amount"),
                put(good.replace("\"12.34\"", "{}"), 400, "amount"),
                put(good.replace("amount", "amuont"), 400, "amount"),
                put(good.replace("{", "{\"tip\":\"1\","), 400, "tip"),
                put(good.replace("EUR", "eur"), 422, "currency"),
                put(good.replace("EUR", "EURO"), 422, "currency"),
                put(good.replace("EUR", "XXX"), 422, "amount"),
                put(good.replace("cust-1", ""), 400, "account"),
                put(good.replace("cust-1", "x".repeat(201)), 400, "account"),
                put(good.replace("cust-1", "\\u0000"), 400, "account"),
                put(good.replace("cust-1", "\\ud800"), 400, "account"),
                put(good.replace("order-1", "\\n"), 400, "reference"),
                put(good.replace("order-1", "x".repeat(70_000)), 413, null),
                put(good.replace("order-1", "x".repeat(3_000_000)), 413, null));
        var types = Stream.of(
                arguments("PUT", "/charges/bad", null, good, 415, "Content-Type"),
                arguments("PUT", "/charges/bad", "text/plain", good, 415, "Content-Type"),
                arguments("PUT", "/charges/bad", "application/x-www-form-urlencoded", "a=b", 415, "Content-Type"),
                arguments("PUT", "/authorizations/bad", "application/xml", "<a/>", 415, "Content-Type"));
        var paths = Stream.of(
                arguments("GET", "/", null, "", 404, null),
                arguments("GET", "/charges", null, "", 404, null),
                arguments("GET", "/charges/bad/reversal/more", null, "", 404, null),
                arguments("GET", "/charges/../book", null, "", 404, null),
                arguments("GET", "/Book", null, "", 404, null),
                arguments("DELETE", "/charges/bad", null, "", 405, null),
                arguments("POST", "/charges/bad", "application/json", good, 405, null),
                arguments("GET", "/charges/bad/reversal", null, "", 405, null),
                arguments("PATCH", "/settings", "application/json", "{}", 405, null),
                arguments("PUT", "/charges/", "application/json", good, 400, "key"),
                arguments("PUT", "/charges/" + "x".repeat(201), "application/json", good, 400, "key"),
                arguments("PUT", "/charges/" + "x".repeat(10_000), "application/json", good, 400, "key"),
                arguments("POST", "/charges/" + "x".repeat(201) + "/reversal", null, "", 400, "key"),
                arguments("PUT", "/charges/%00", "application/json", good, 400, "key"),
                arguments("PUT", "/charges/%FF", "application/json", good, 400, "key"),
                arguments("PUT", "/charges/%2E%2E", "application/json", good, 400, "key"),
                arguments("PUT", "/charges/%E2%80%AErtl", "application/json", good, 400, "key"),
                arguments("PUT", "/charges/%E2%80%8B", "application/json", good, 400, "key"),
                arguments("PUT", "/charges/%E3%85%A4", "application/json", good, 400, "key"),
                arguments("GET", "/charges/unknown", null, "", 404, "key"),
                arguments("GET", "/book?after=", null, "", 400, "after"),
                arguments("GET", "/book?after=%2B1", null, "", 400, "after"),
                arguments("GET", "/book?after=+1", null, "", 400, "after"),
                arguments("GET", "/book?limit=1&limit=2", null, "", 400, "limit"),
                arguments("GET", "/book?limt=1", null, "", 400, "limt"),
                arguments("GET", "/book?after=-1", null, "", 400, "after"),
                arguments("GET", "/book?after=9223372036854775808", null, "", 400, "after"),
                arguments("GET", "/book?limit=0", null, "", 400, "limit"),
                arguments("GET", "/book?limit=1001", null, "", 400, "limit"),
                arguments("GET", "/book?limit", null, "", 400, "limit"),
                arguments("GET", "/book?limit=ten", null, "", 400, "limit"),
                arguments("GET", "/book?x=%ff", null, "", 400, "x"),
                arguments("GET", "/book?limit=1&x=%ED%A0%80", null, "", 400, "x"),
                arguments("GET", "/book/summary?%c3=1", null, "", 400, "%c3"),
                arguments("GET", "/health?x=%00", null, "", 400, "x"),
                arguments("GET", "/traffic?x=%ff", null, "", 400, "x"),
                arguments("GET", "/settings?x=%ff", null, "", 400, "x"),
                arguments("GET", "/nothing?x=%ff", null, "", 400, "x"),
                arguments("POST", "/charges/bad/reversal?x=%ff", null, "", 400, "x"));
        var settings = Stream.of(
                settings("{\"outage\":true,\"declinerate\":1}", 400, "declinerate"),
                settings("{\"outage\":true,\"declineRate\":1.01}", 422, "declineRate"),
                settings("{\"outage\":true,\"declineRate\":1e999}", 422, "declineRate"),
                settings("{\"outage\":true,\"errorRate\":\"0.5\"}", 400, "errorRate"),
                settings("{\"outage\":\"yes\"}", 400, "outage"),
                settings("{\"outage\":true,\"latencyMillis\":-1}", 422, "latencyMillis"),
                settings("{\"outage\":true,\"latencyMillis\":1.5}", 400, "latencyMillis"),
                settings("{\"outage\":true,\"latencyMillis\":4294967296}", 400, "latencyMillis"),
                settings("{\"outage\":true,\"slowMillis\":600001}", 422, "slowMillis"),
                settings("{\"outage\":true,\"seed\":9223372036854775808}", 400, "seed"),
                settings("{\"outage\":true,\"declinedAccounts\":[\"a\"]}", 400, "declinedAccounts"),
                settings("{\"outage\":true,\"declinedAccounts\":{\"a\":1}}", 400, "declinedAccounts"));
        return Stream.of(amounts, huge, bodies, types, paths, settings).flatMap(each -> each);
    }

    private static Arguments put(String body, int status, @Nullable String field) {
        return arguments("PUT", "/charges/bad", "application/json", body, status, field);
    }

    private static Arguments settings(String body, int status, String field) {
        return arguments("PUT", "/settings", "application/json", body, status, field);
    }

    @Test
    void anEndlessBodyIsRejected() throws IOException {
        var endless = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[3_000_000]));

        assertProblem(client.send("PUT", "/charges/bad", "application/json", endless), 413, null);
    }

    @Test
    void theAllowedMethodsOfAPathAreReported() throws IOException {
        assertThat(client.send("DELETE", "/charges/bad", null, BodyPublishers.noBody())
                        .allow())
                .isEqualTo("PUT, GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/book", "/book?limit=1", "/book/summary", "/health", "/settings", "/traffic", "/charges/head"})
    void headIsAnsweredLikeGetWithoutABody(String path) throws IOException {
        client.charge("head", "cust-1", "1.00");
        var get = client.get(path);

        var head = client.send("HEAD", path, null, BodyPublishers.noBody());

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.contentType()).isEqualTo("application/json");
        assertThat(head.length()).isEqualTo(get.length());
        assertThat(head.text()).isEmpty();
    }

    @Test
    void headIsAnsweredWithTheStatusOfAProblem() throws IOException {
        for (var path : List.of("/book?limit=0", "/book?x=%ff")) {
            assertThat(client.send("HEAD", path, null, BodyPublishers.noBody()).status())
                    .isEqualTo(400);
        }
        assertThat(client.send("HEAD", "/charges/unknown", null, BodyPublishers.noBody())
                        .status())
                .isEqualTo(404);
        assertThat(client.send("HEAD", "/charges/head/reversal", null, BodyPublishers.noBody())
                        .status())
                .isEqualTo(405);
    }

    @Test
    void slowRequestsAreClosedWhileOthersAreServed() throws Exception {
        var head = "PUT /charges/slow HTTP/1.1\r\nHost: x\r\n";
        var starts = List.of(
                "",
                head + "X-Slow: ",
                head + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n",
                head + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n",
                "DELETE /charges/slow HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 200; i++) {
                var socket = new Socket(
                        server.address().getAddress(), server.address().getPort());
                slow.add(socket);
                socket.getOutputStream().write(starts.get(i % starts.size()).getBytes(UTF_8));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        assertThat(client.charge("quick", "cust-1", "1.00").status())
                                .isEqualTo(200);
                        return slow.stream()
                                        .filter(socket -> isOpenAfterOneMoreByte(socket))
                                        .count()
                                == 0;
                    });
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
        assertThat(client.get("/charges/slow").status()).isEqualTo(404);
    }

    private static boolean isOpenAfterOneMoreByte(Socket socket) {
        try {
            socket.setSoTimeout(1);
            socket.getOutputStream().write('a');
            while (socket.getInputStream().read() >= 0) {
                // skips a response before the end of the connection
            }
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void aMalformedRequestIsAnsweredWithProblemDetails(int status, String request) throws IOException {
        var answer = exchange(request);

        var head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        assertThat(head).startsWith("HTTP/1.1 " + status + " ");
        assertThat(head.lines()).contains("Content-Type: application/problem+json");
        var problem = JsonMapper.shared().readTree(answer.substring(head.length()));
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("type").stringValue()).startsWith("urn:orderly:payment-provider:");
        assertThat(problem.get("title").stringValue()).isNotBlank();
        assertThat(problem.get("detail").stringValue()).isNotBlank();
        assertThat(answer).doesNotContain("<", "Tomcat", "Apache", "Exception", "\tat ");
    }

    static Stream<Arguments> aMalformedRequestIsAnsweredWithProblemDetails() {
        var put = "PUT /charges/bad HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        return Stream.of(
                arguments(400, "GET /book?x=% HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "GET /book?x=\u00e4 HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "GET /book/% HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "GET /charges/% HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "GET /charges/a b HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "GET /charges/a\"b HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "GET /charges/\u00c3\u00a4 HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "GET /book#part HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "GET http://me@y/book HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "nonsense\r\n\r\n"),
                arguments(400, "GET\r\n\r\n"),
                arguments(400, "GET /book HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n"),
                arguments(400, "GET /book HTTP/1.1\r\n\r\n"),
                arguments(400, put + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
                arguments(400, put + "Content-Length: -1\r\n\r\n"),
                arguments(400, put + "Content-Length: two\r\n\r\n{}"),
                arguments(400, put + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
                arguments(501, put + "Transfer-Encoding: unheard-of\r\n\r\n{}"),
                arguments(400, put + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
                arguments(400, "GET /charges/" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "GET /book HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(40_000) + "\r\n\r\n"),
                arguments(404, "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(404, "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "GET /book HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
                arguments(417, "GET /book HTTP/1.1\r\nHost: x\r\nExpect: a miracle\r\n\r\n"),
                arguments(505, "GET /book HTTP/9.9\r\nHost: x\r\n\r\n"));
    }

    private static String exchange(String request) throws IOException {
        try (var socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void theHealthCheckOfTheContainerIsAnswered() throws IOException {
        assertThat(exchange("GET /health HTTP/1.0\r\n\r\n").lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains(" 200"));
    }

    @Test
    void expect100ContinueIsSupported() throws IOException {
        var body = ProviderClient.request("cust-1", "1.00");
        try (var socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            out.write(("PUT /charges/asked HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n")
                    .getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 100");

            out.write(body.getBytes(UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .contains("HTTP/1.1 200 ");
        }
    }

    @Test
    void aConnectionServesManyRequests() throws IOException {
        var answers = exchange("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".repeat(300));

        assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(301);
        assertThat(answers).doesNotContain("Connection: close");
    }

    @Test
    void aLateBodyIsAnsweredWith408() throws IOException {
        try (var socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("PUT /charges/bad HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{".getBytes(UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("application/problem+json");
        }
    }

    @Test
    void aTooLargeBodyIsAnsweredWhileItIsStillBeingSent() throws IOException {
        try (var socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            out.write(("PUT /charges/bad HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                            + "Content-Length: 4000000\r\n\r\n")
                    .getBytes(UTF_8));
            out.write(new byte[4_000_000]);

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("application/problem+json");
        }
    }

    private static void assertProblem(ProviderClient.Response response, int status, @Nullable String field) {
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        assertThat(response.json().get("status").intValue()).isEqualTo(status);
        assertThat(response.field("type")).startsWith("urn:orderly:payment-provider:");
        assertThat(response.field("title")).isNotBlank();
        assertThat(response.field("detail")).isNotBlank();
        assertThat(response.field("field")).isEqualTo(field == null ? "" : field);
        assertThat(response.text())
                .doesNotContain("Exception", "\tat ", ".java")
                .hasSizeLessThan(500);
    }
}
