package io.orderly.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.orderly.kit.testing.OpenApiDescription;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every invalid request gets a problem detail that names the invalid field, and has no effect. */
@ExtendWith(OutputCaptureExtension.class)
class BadRequestIntegrationTest extends KitIntegrationTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LIMIT = 1 << 20;
    private static final String LINE = "{\"sku\":\"LAMP-1\",\"quantity\":1}";

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @AfterEach
    void assertNoEffects() {
        assertThat(jdbc.sql("select count(*) from idempotency_keys where key like 'bad%'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from placed where customer like 'bad%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    record Bad(String name, String body, String field, String detail) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> bodies() {
        return Stream.of(
                bad("unknown field", order("\"colour\":\"red\""), "colour", "is not a known field"),
                bad("unknown field within", line("{\"sku\":\"A\",\"quantity\":1,\"x\":2}"), "lines[0].x", "known"),
                bad("missing field", "{\"customerId\":\"bad\"}", "lines", "is missing"),
                bad("missing field within", line("{\"quantity\":1}"), "lines[0].sku", "is missing"),
                bad("missing number", line("{\"sku\":\"A\"}"), "lines[0].quantity", "is missing"),
                bad("null for a field", line("{\"sku\":null,\"quantity\":1}"), "lines[0].sku", "is missing"),
                bad("null for a number", line("{\"sku\":\"A\",\"quantity\":null}"), "lines[0].quantity", "is missing"),
                bad("null in a list", line(LINE + ",null"), "lines[1]", "is missing"),
                bad(
                        "repeated field",
                        line("{\"sku\":\"A\",\"sku\":\"B\",\"quantity\":1}"),
                        "lines[0].sku",
                        "than once"),
                bad("repeated field above", order("\"note\":\"a\",\"note\":\"b\""), "note", "more than once"),
                bad("zero", line("{\"sku\":\"A\",\"quantity\":0}"), "lines[0].quantity", "must be 1 to 1000000, was 0"),
                bad(
                        "negative",
                        line(LINE + ",{\"sku\":\"A\",\"quantity\":-5}"),
                        "lines[1].quantity",
                        "must be 1 to 1000000, was -5"),
                bad("string for int", line("{\"sku\":\"A\",\"quantity\":\"1\"}"), "lines[0].quantity", "whole number"),
                bad("float for int", line("{\"sku\":\"A\",\"quantity\":1.0}"), "lines[0].quantity", "whole number"),
                bad("exponent for int", line("{\"sku\":\"A\",\"quantity\":1e3}"), "lines[0].quantity", "whole number"),
                bad("bool for int", line("{\"sku\":\"A\",\"quantity\":true}"), "lines[0].quantity", "whole number"),
                bad("int too large", line("{\"sku\":\"A\",\"quantity\":2147483648}"), "lines[0].quantity", "range"),
                bad(
                        "int far too large",
                        line("{\"sku\":\"A\",\"quantity\":" + "9".repeat(200) + "}"),
                        "lines[0].quantity",
                        "range"),
                bad("empty string for int", line("{\"sku\":\"A\",\"quantity\":\"\"}"), "lines[0].quantity", "number"),
                bad("number for string", order("\"note\":12"), "note", "must be a string"),
                bad("bool for string", order("\"note\":false"), "note", "must be a string"),
                bad("object for string", order("\"note\":{}"), "note", "must be a string"),
                bad(
                        "number for wrapped string",
                        line("{\"sku\":1,\"quantity\":1}"),
                        "lines[0].sku",
                        "must be a string"),
                bad(
                        "bad SKU",
                        line("{\"sku\":\"'; drop table placed;--\",\"quantity\":1}"),
                        "lines[0].sku",
                        "must be 1 to 40 of"),
                bad(
                        "Unicode SKU",
                        line("{\"sku\":\"ÅØ\uD83D\uDCA9\",\"quantity\":1}"),
                        "lines[0].sku",
                        "must be 1 to 40 of"),
                bad("empty SKU", line("{\"sku\":\"\",\"quantity\":1}"), "lines[0].sku", "must be 1 to 40 of"),
                bad("no lines", "{\"customerId\":\"bad\",\"lines\":[]}", "lines", "must not be empty"),
                bad("too many lines", line((LINE + ",").repeat(9_999) + LINE), "lines", "size must be"),
                bad("object for array", "{\"customerId\":\"bad\",\"lines\":{}}", "lines", "must be an array"),
                bad(
                        "object for array of objects",
                        "{\"customerId\":\"bad\",\"lines\":" + LINE + "}",
                        "lines",
                        "must be an array"),
                bad("array for object", line("[]"), "lines[0]", "must be an object"),
                bad("string for object", line("\"A\""), "lines[0]", "must be an object"),
                bad(
                        "bad currency",
                        total("{\"amount\":\"1.00\",\"currency\":\"euro\"}"),
                        "expectedTotal.currency",
                        "three capital letters"),
                bad(
                        "fractions of a cent",
                        total("{\"amount\":\"1.001\",\"currency\":\"EUR\"}"),
                        "expectedTotal.amount",
                        "two decimals"),
                bad(
                        "huge amount",
                        total("{\"amount\":\"1e999999999\",\"currency\":\"EUR\"}"),
                        "expectedTotal.amount",
                        "two decimals"),
                bad("no amount", total("{\"currency\":\"EUR\"}"), "expectedTotal.amount", "is missing"),
                bad(
                        "word for amount",
                        total("{\"amount\":\"ten\",\"currency\":\"EUR\"}"),
                        "expectedTotal.amount",
                        "two decimals"),
                bad("unknown enum", order("\"speed\":\"WARP\""), "speed", "must be one of NORMAL, EXPRESS"),
                bad("number for enum", order("\"speed\":1"), "speed", "must be one of NORMAL, EXPRESS"),
                bad("bad date", order("\"notBefore\":\"tomorrow\""), "notBefore", "must be a date"),
                bad("string for boolean", order("\"gift\":\"true\""), "gift", "must be true or false"),
                bad("number for boolean", order("\"gift\":1"), "gift", "must be true or false"),
                bad("NUL", order("\"note\":\"a\\u0000b\""), "note", "NUL"),
                bad(
                        "NUL in wrapped string",
                        "{\"customerId\":\"bad\\u0000\",\"lines\":[" + LINE + "]}",
                        "customerId",
                        "must be 1 to 64 letters"),
                bad("lone surrogate", order("\"note\":\"\\ud800\""), "note", "surrogate"),
                bad(
                        "slash in an id",
                        "{\"customerId\":\"bad/b\",\"lines\":[" + LINE + "]}",
                        "customerId",
                        "must be 1 to 64"),
                bad(
                        "number for an amount",
                        total("{\"amount\":1.20,\"currency\":\"EUR\"}"),
                        "expectedTotal.amount",
                        "string"),
                bad(
                        "signed amount",
                        total("{\"amount\":\"+1.20\",\"currency\":\"EUR\"}"),
                        "expectedTotal.amount",
                        "two"),
                bad("long text", order("\"note\":\"" + "x".repeat(51) + "\""), "note", "size must be"),
                bad(
                        "long customer",
                        "{\"customerId\":\"" + "x".repeat(10_000) + "\",\"lines\":[" + LINE + "]}",
                        "customerId",
                        "64"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void namesTheInvalidField(Bad bad) throws Exception {
        JsonNode problem = problem(400, post(bad.body()));
        assertThat(problem.at("/type").asString()).isEqualTo("/problems/invalid-request");
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(bad.field());
        assertThat(problem.at("/errors/0/detail").asString()).contains(bad.detail());
        assertThat(problem.at("/detail").asString()).contains(bad.field());
        assertThat(problem.at("/errors")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "12",
                "\"text\"",
                "{",
                "{\"customerId\":\"bad\",",
                "{\"customerId\":\"bad\",,}",
                "{'customerId':'bad'}",
                "{customerId:1}",
                "{\"customerId\":\"bad\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]} {}",
                "<order/>",
                "{\"note\":\"a\u0000b\"}",
                "{\"customerId\":NaN}",
                "// hello",
                "customerId=bad"
            })
    void refusesABodyThatIsNotAJsonObject(String body) throws Exception {
        JsonNode problem = problem(400, post(body));
        assertThat(problem.at("/type").asString()).isEqualTo("/problems/malformed-body");
    }

    @Test
    void namesTheLineAndColumnOfInvalidJson() throws Exception {
        assertThat(problem(400, post("{\n  \"note\": oops\n}")).at("/detail").asString())
                .contains("line 2, column ");
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws Exception {
        byte[] body = order("\"note\":\"\u00ff\u00fe\"").getBytes(ISO_8859_1);
        problem(
                400,
                send(request("/test-orders")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "bad-utf8")
                        .POST(BodyPublishers.ofByteArray(body))));
    }

    @Test
    void refusesDeepNesting() throws Exception {
        for (String body :
                new String[] {"[".repeat(100_000), "{\"lines\":".repeat(50_000), order("\"note\":" + "[".repeat(10_000))
                }) {
            problem(400, post(body));
        }
    }

    @Test
    void namesEveryInvalidField() throws Exception {
        JsonNode problem =
                problem(400, post("{\"customerId\":\"bad\",\"lines\":[],\"note\":\"" + "x".repeat(51) + "\"}"));
        assertThat(problem.at("/errors")
                        .valueStream()
                        .map(error -> error.at("/field").asString()))
                .containsExactlyInAnyOrder("lines", "note");
    }

    @Test
    void namesEveryMissingField() throws Exception {
        JsonNode problem = problem(400, post("{}"));
        assertThat(problem.at("/detail").asString()).isEqualTo("customerId is missing. lines is missing.");
    }

    @Test
    void namesNestedErrorsAndErrorsOfDifferentKinds() throws Exception {
        JsonNode problem = problem(400, post("""
                {"lines":[%s,{"sku":"a b","quantity":0},{"quantity":"1","x":1},null,[]],
                 "expectedTotal":{"amount":"1.2","currency":"euro"},"note":"%s","speed":"WARP","gift":1,"colour":"red"}
                """.formatted(LINE, "x".repeat(51))));
        assertThat(problem.at("/errors")
                        .valueStream()
                        .map(error -> error.at("/field").asString() + ": "
                                + error.at("/detail").asString()))
                .containsExactlyInAnyOrder(
                        "customerId: is missing",
                        "lines[1].sku: must be 1 to 40 of A-Z, 0-9 and '-', not beginning with '-'",
                        "lines[2].sku: is missing",
                        "lines[2].quantity: must be a whole number within its range",
                        "lines[2].x: is not a known field",
                        "lines[3]: is missing",
                        "lines[4]: must be an object",
                        "expectedTotal.amount: must be a number with two decimals, such as \"12.30\"",
                        "expectedTotal.currency: must be three capital letters",
                        "note: size must be between 0 and 50",
                        "speed: must be one of NORMAL, EXPRESS",
                        "gift: must be true or false",
                        "colour: is not a known field");
        assertThat(problem.at("/detail").asString())
                .startsWith("customerId is missing. lines[1].sku must be 1 to 40 of")
                .endsWith(". And 8 more.");
    }

    @Test
    void limitsTheNumberOfErrors() throws Exception {
        JsonNode problem = problem(400, post(line("{},".repeat(5_000) + "{}")));
        assertThat(problem.at("/errors")).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/test-orders/12|400|id|must be a UUID",
                "/test-orders/zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz|400|id|must be a UUID",
                "/test-orders/0198a000-0000-7000-8000-000000000000|404||no order",
                "/test-orders|400|speed|is missing",
                "/test-orders?speed=WARP|400|speed|NORMAL, EXPRESS",
                "/test-orders?speed=NORMAL&limit=ten|400|limit|whole number",
                "/test-orders?speed=NORMAL&limit=101|400|limit|100",
                "/test-orders?speed=NORMAL&limit=0x10|400|limit|whole number",
                "/test-orders?speed=NORMAL&limit=%2010|400|limit|begin or end with a space",
                "/test-orders?speed=NORMAL&limit=1%200|400|limit|whole number",
                "/test-orders?speed=NORMAL&limit=%2B1|400|limit|whole number",
                "/test-orders?speed=NORMAL&limit=|400|limit|must not be empty",
                "/test-orders?speed=NORMAL&limit|400|limit|must not be empty",
                "/test-orders?speed=NORMAL&limit=1&limit=2|400|limit|more than once",
                "/test-orders?speed=|400|speed|must not be empty",
                "/test-orders?speed=%20NORMAL|400|speed|begin or end with a space",
                "/test-orders?speed=NORMAL&speed=EXPRESS|400|speed|more than once",
                "/test-orders?speed=NORMAL&customer=|400|customer|must not be empty",
                "/test-orders?speed=NORMAL&costumer=x|400|costumer|is not a known parameter",
                "/dead-letters?limit=0|400|limit|1",
                "/dead-letters?limit=-5|400|limit|1",
                "/dead-letters?limit=100000|400|limit|200",
                "/dead-letters?after=|400|after|must not be empty",
                "/dead-letters?after=1-1-1-1-1|400|after|must be a UUID",
                "/dead-letters/1-1-1-1-1|400|id|must be a UUID",
                "/test-orders?speed=NORMAL&limit=99999999999|400|limit|whole number",
                "/test-orders?speed=NORMAL&customer=a%00b|400|customer|NUL",
                "/no-such-path|404||The resource does not exist.",
                "/error|404||The resource does not exist.",
                "/actuator/no-such-thing|404||The resource does not exist.",
                "/actuator/health/no-such-thing|404||The resource does not exist.",
                "/actuator/health/db/no-such-thing|404||The resource does not exist.",
                "/actuator/info/no-such-thing|404||The resource does not exist.",
                "/actuator/metrics/no-such-thing|404||The resource does not exist.",
                "/actuator/metrics/jvm.memory.used?tag=area:no-such-thing|404||The resource does not exist.",
                "/actuator/metrics/jvm.memory.used?tag=no-such-thing|400||tag",
                "/actuator/prometheus/no-such-thing|404||The resource does not exist.",
            })
    void namesTheInvalidParameter(String path, int status, String field, String detail) throws Exception {
        JsonNode problem = problem(status, send(request(path).GET()));
        assertThat(problem.at("/detail").asString()).contains(detail);
        if (field != null) {
            assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
        }
    }

    @Test
    void refusesLongParameters() throws Exception {
        String path = "/test-orders?speed=NORMAL&customer=" + "x".repeat(10_000);
        JsonNode problem = problem(400, send(request(path).GET()));
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("customer");
        problem(400, send(request("/test-orders/" + "x".repeat(10_000)).GET()));
    }

    @Test
    void refusesUnsupportedMethodsAndMediaTypes() throws Exception {
        HttpResponse<byte[]> delete = send(request("/test-orders").DELETE());
        problem(405, delete);
        assertThat(delete.headers().firstValue("Allow"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("GET", "POST"));
        for (String type : new String[] {
            "text/plain",
            "application/xml",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "nonsense"
        }) {
            problem(
                    415,
                    send(request("/test-orders")
                            .header("Content-Type", type)
                            .header("Idempotency-Key", "bad-type")
                            .POST(BodyPublishers.ofString(order(null)))));
        }
        problem(
                415,
                send(request("/test-orders")
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .header("Idempotency-Key", "bad-encoding")
                        .POST(BodyPublishers.ofString(order(null)))));
        problem(
                406,
                send(request("/test-orders?speed=NORMAL")
                        .header("Accept", "application/xml")
                        .GET()));
        problem(
                406,
                send(request("/test-orders/1").header("Accept", "text/html").GET()));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /actuator",
        "POST, /actuator/health",
        "POST, /actuator/health/no-such-thing",
        "PUT, /actuator/info",
        "DELETE, /actuator/metrics/no-such-thing",
        "PATCH, /actuator/prometheus"
    })
    void refusesUnsupportedMethodsOnActuatorEndpoints(String method, String path) throws Exception {
        problem(405, send(request(path).method(method, BodyPublishers.noBody())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/actuator/metrics/no-such-thing|application/json|404",
                "/actuator/metrics/no-such-thing|*/*|404",
                "/actuator/metrics/no-such-thing|text/plain|406",
                "/actuator/health/no-such-thing|application/xml|406",
                "/actuator/prometheus|application/json|406",
                "/actuator/prometheus|application/openmetrics-text;version=9.9|406"
            })
    void refusesWithAProblemWhateverTheMediaTypeOfAnActuatorEndpoint(String path, String accept, int status)
            throws Exception {
        problem(status, send(request(path).header("Accept", accept).GET()));
    }

    @Test
    void refusesRequestsWithoutAValidIdempotencyKey() throws Exception {
        HttpRequest.Builder order = request("/test-orders")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(order(null)));
        for (HttpRequest.Builder bad : new HttpRequest.Builder[] {
            order.copy(),
            order.copy().header("Idempotency-Key", ""),
            order.copy().header("Idempotency-Key", "bad" + "x".repeat(253)),
            order.copy().header("Idempotency-Key", "bad" + "x".repeat(10_000)),
            order.copy().header("Idempotency-Key", "bad-1").header("Idempotency-Key", "bad-2")
        }) {
            JsonNode problem = problem(400, send(bad));
            assertThat(problem.at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
        }
    }

    @Test
    void refusesIdempotencyKeysThatAreNotAscii() throws IOException {
        JsonNode problem = raw(
                400,
                "POST /test-orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: bad-\u00e9\r\n"
                        + "Connection: close\r\nContent-Length: " + order(null).length() + "\r\n\r\n" + order(null));
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
    }

    @ParameterizedTest
    @CsvSource({"lost-update, 409", "duplicate, 409", "no-connection, 503", "shutting-down, 503"})
    void distinguishesConflictsAndOutagesFromInternalErrors(String kind, int status) throws Exception {
        HttpResponse<byte[]> response =
                send(request("/test-orders/failures/" + kind).GET());
        problem(status, response);
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "sql"})
    void doesNotDiscloseTheCauseOfAnInternalError(String kind, CapturedOutput log) throws Exception {
        HttpResponse<byte[]> response =
                send(request("/test-orders/failures/" + kind).GET());
        String errorId = problem(500, response).at("/errorId").asString();
        assertThat(log).contains("error " + errorId).contains("select secret");
    }

    @Test
    void acceptsABodyOfExactlyTheMaximumSize() throws Exception {
        String body = order(null);
        problem(400, post(body + " ".repeat(LIMIT - body.length() - 1) + "x"));
        problem(413, post(body + " ".repeat(LIMIT - body.length()) + "x"));
    }

    @Test
    void refusesALargeBodyByItsContentLength() throws IOException {
        JsonNode problem = raw(
                413,
                "POST /test-orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n");
        assertThat(problem.at("/type").asString()).isEqualTo("/problems/body-too-large");
    }

    @Test
    void refusesALargeChunkedBody() throws IOException {
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        raw(
                413,
                "POST /test-orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: bad-chunks\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /test-orders?a=<b> HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /test-orders/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /test-orders/a%00b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /test-orders/..%2f..%2f HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                "G@T / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: bad host\r\n\r\n",
                "GET /\u0001 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /test-orders HTTX/1.1\r\nHost: x\r\n\r\n",
                "POST /test-orders HTTP/1.1\r\nHost: x\r\nContent-Length: minus one\r\n\r\n",
                "POST /test-orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnot a chunk\r\n",
                "POST /test-orders HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{"
            })
    void answersMalformedHttpWithAProblem(String request) throws IOException {
        raw(400, request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/test-orders",
                "/problems",
                "/actuator",
                "/actuator/health",
                "/actuator/prometheus",
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/error",
                "/no-such-path",
                "/favicon.ico"
            })
    void refusesMalformedQueries(String path, CapturedOutput log) throws Exception {
        for (String query : new String[] {"a=%", "a=%ff", "a=%ED%A0%80", "a=%zz", "a=b&a%c3=1", "a=%00", "%=1"}) {
            JsonNode problem = raw(400, "GET " + path + "?" + query + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(problem.at("/type").asString()).as(query).isEqualTo("/problems/invalid-request");
            assertThat(problem.at("/errors/0/field").asString()).as(query).isNotEmpty();
        }
        String many = "a=1&".repeat(1_200);
        JsonNode problem = raw(400, "GET " + path + "?" + many + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("query");
        assertThat(log).doesNotContain(" ERROR ", "\tat ");
    }

    static Stream<Arguments> requestsThatReachNoController() {
        String host = " HTTP/1.1\r\nHost: x\r\n";
        String json = host + "Idempotency-Key: bad-raw\r\nContent-Length: 2\r\nContent-Type: application/json";
        return Stream.of(
                arguments(400, "invalid-request", "GET /test-orders;a=%zz" + host + "\r\n"),
                arguments(400, "invalid-request", "GET /test-orders;a=%ff?speed=NORMAL" + host + "\r\n"),
                arguments(400, "invalid-request", "GET /actuator/health;a=%00" + host + "\r\n"),
                arguments(400, "invalid-request", "GET /v3/api-docs;a=%" + host + "\r\n"),
                arguments(400, "invalid-request", "GET /v3/api-docs HTTP/1.1\r\nHost: %zz\r\n\r\n"),
                arguments(400, "invalid-request", "GET http://y/test-orders" + host + "\r\n"),
                arguments(400, "invalid-request", "GET /test-orders" + host + "Cookie: a=\u0001\r\n\r\n"),
                arguments(400, "invalid-request", "GET /test-orders" + host + "no colon\r\n\r\n"),
                arguments(404, "not-found", "POST /error" + host + "Content-Type: multipart/form-data\r\n\r\n"),
                arguments(405, "method-not-allowed", "FOO /test-orders" + host + "\r\n"),
                arguments(405, "method-not-allowed", "FOO /actuator/health" + host + "\r\n"),
                arguments(415, "unsupported-media-type", "POST /test-orders" + json + ";charset=bogus\r\n\r\n{}"),
                arguments(415, "unsupported-media-type", "POST /test-orders" + json + ";charset=!!\r\n\r\n{}"),
                arguments(415, "unsupported-media-type", "POST /test-orders" + json + ";;=\r\n\r\n{}"),
                arguments(417, "expectation-failed", "GET /test-orders" + host + "Expect: a miracle\r\n\r\n"),
                arguments(501, "not-implemented", "POST /test-orders" + host + "Transfer-Encoding: gzip\r\n\r\n"),
                arguments(501, "not-implemented", "CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n"),
                arguments(505, "version-not-supported", "GET /test-orders HTTP/2.0\r\nHost: x\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("requestsThatReachNoController")
    void answersWithTheProblemTypeOfTheStatus(int status, String type, String request, CapturedOutput log)
            throws Exception {
        JsonNode problem = raw(status, request);
        assertThat(problem.at("/type").asString()).isEqualTo("/problems/" + type);
        assertThat(log).doesNotContain(" ERROR ", "\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|200",
                "application/*;q=0.1|200",
                "text/html, application/json;q=0.5|200",
                "application/json;q=0.001|200",
                "application/problem+json|406",
                "application/vnd.other+json|406",
                "application/json;q=0|406",
                "*/*, application/json;q=0|406",
                "application/json, application/*;q=0|200",
                "*/*;q=0|406",
                "nonsense|406"
            })
    void negotiatesTheMediaType(String accept, int status) throws Exception {
        HttpResponse<byte[]> response = send(
                request("/test-orders?speed=NORMAL").header("Accept", accept).GET());
        if (status == 200) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        } else {
            assertThat(problem(status, response).at("/type").asString()).isEqualTo("/problems/not-acceptable");
        }
    }

    @Test
    void hasNoEffectIfTheResponseIsNotAcceptable() throws Exception {
        problem(
                406,
                send(request("/test-orders")
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "bad-accept")
                        .POST(BodyPublishers.ofString(order(null)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/actuator/health|application/json|application/json",
                "/actuator/health|*/*, application/vnd.spring-boot.actuator.v3+json;q=0.1|application/vnd.spring-boot.actuator.v2+json",
                "/actuator/prometheus|text/plain|text/plain;version=0.0.4;charset=utf-8",
                "/v3/api-docs|*/*|application/json"
            })
    void negotiatesTheMediaTypeOfActuatorAndSpringdocEndpoints(String path, String accept, String type)
            throws Exception {
        HttpResponse<byte[]> response =
                send(request(path).header("Accept", accept).GET());
        assertThat(response.headers().firstValue("Content-Type")).hasValue(type);
        problem(406, send(request(path).header("Accept", "*/*;q=0").GET()));
    }

    @Test
    void answersAHeadThatIsTooLargeWithAProblem() throws IOException {
        raw(400, "GET /test-orders HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");
    }

    @Test
    void answersATraceRequestWithAProblem() throws IOException {
        raw(405, "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    @Test
    void documentsEveryProblemTypeAtItsUri() throws Exception {
        HttpResponse<byte[]> list = send(request("/problems").GET());
        List<String> types = StreamSupport.stream(JSON.readTree(list.body()).spliterator(), false)
                .map(problem -> problem.path("type").asString())
                .toList();
        assertThat(types).contains("/problems/idempotency-key-reused", "/problems/unavailable");
        for (String type : types) {
            HttpResponse<byte[]> explanation = send(request(type).GET());
            assertThat(explanation.statusCode()).as(type).isEqualTo(200);
            assertThat(JSON.readTree(explanation.body()).path("title").asString())
                    .as(type)
                    .isNotEmpty();
        }
        HttpResponse<byte[]> unknown = send(request("/problems/no-such-type").GET());
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(types).contains(JSON.readTree(unknown.body()).path("type").asString());
    }

    @Test
    void describesProblemsInOpenApi() throws Exception {
        HttpResponse<byte[]> response = send(request("/v3/api-docs").GET());
        JsonNode api = JSON.readTree(response.body());
        JsonNode place = api.at("/paths/~1test-orders/post");
        assertThat(place.at("/responses/422/$ref").asString())
                .isEqualTo("#/components/responses/UNPROCESSABLE_CONTENT");
        assertThat(api.at("/components/responses/UNPROCESSABLE_CONTENT/description")
                        .asString())
                .contains("/problems/idempotency-key-reused");
        assertThat(api.at("/components/schemas/Problem/properties/errors/items/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/FieldError");
        assertThat(api.at("/components/schemas").has("FieldError")).isTrue();
        assertThat(place.at("/parameters")).hasSize(1);
        assertThat(place.at("/parameters/0/name").asString()).isEqualTo("Idempotency-Key");
        assertThat(place.at("/parameters/0/in").asString()).isEqualTo("header");
        assertThat(api.at("/paths").has("/error")).isFalse();
    }

    private static Bad bad(String name, String body, String field, String detail) {
        return new Bad(name, body, field, detail);
    }

    private static String order(String more) {
        return "{\"customerId\":\"bad\",\"lines\":[" + LINE + "]" + (more == null ? "" : "," + more) + "}";
    }

    private static String line(String line) {
        return "{\"customerId\":\"bad\",\"lines\":[" + line + "]}";
    }

    private static String total(String total) {
        return order("\"expectedTotal\":" + total);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<byte[]> post(String body) throws IOException, InterruptedException {
        return send(request("/test-orders")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "bad-request")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static JsonNode problem(int status, HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        return problem(status, response.body());
    }

    private static JsonNode problem(int status, byte[] body) {
        assertThat(new String(body, UTF_8))
                .doesNotContainIgnoringCase("exception")
                .doesNotContainIgnoringCase("select ")
                .doesNotContain("io.orderly", "java.", "jackson", "tomcat", "springframework", "10.0.0.1", "\tat ");
        JsonNode problem = JSON.readTree(body);
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        assertThat(problem.at("/type").asString()).startsWith("/problems/");
        assertThat(problem.at("/title").asString()).isNotBlank();
        assertThat(problem.at("/detail").asString()).isNotBlank();
        return problem;
    }

    /** Used because Tomcat answers some of these requests before any filter runs. */
    private OpenApiDescription description() {
        try {
            return new OpenApiDescription(
                    new String(send(request("/v3/api-docs")).body(), UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends the bytes unchanged, closes the output, and reads the response to its end. */
    private JsonNode raw(int status, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(ISO_8859_1));
            out.flush();
            socket.shutdownOutput();
            String response = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(response).startsWith("HTTP/1.1 " + status + " ");
            int end = response.indexOf("\r\n\r\n");
            assertThat(response.substring(0, end)).containsIgnoringCase("Content-Type: application/problem+json");
            String body = response.substring(end + 4);
            byte[] json =
                    body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1).getBytes(UTF_8);
            assertThat(description().problem(status, json)).isEmpty();
            return problem(status, json);
        }
    }
}
