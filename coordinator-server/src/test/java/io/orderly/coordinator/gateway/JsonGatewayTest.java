package io.orderly.coordinator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.netty.NettyChannelBuilder;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RangeRequest.SortOrder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected responses are those of etcd 3.4.23. */
class JsonGatewayTest {

    private final FakeKv kv = new FakeKv();
    private GatewayServer gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayServer(GatewayProperties.DEFAULTS, kv);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/kv/range", "/v3beta/kv/range", "/v3/kv/range?any=query"})
    void aMethodIsCalledWithJsonAndAnsweredInJson(String path) throws Exception {
        HttpResponse<String> response = gateway.post(path, "{\"key\":\"Zm9v\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"header\":{\"cluster_id\":\"18446744073709551615\",\"revision\":\"7\"},"
                        + "\"kvs\":[{\"key\":\"Zm9v\",\"mod_revision\":\"7\",\"value\":\"+/8=\"}],\"count\":\"1\"}");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Grpc-Metadata-Content-Type")).hasValue("application/grpc");
    }

    @Test
    void gRpcIsServedOnTheSamePort() throws Exception {
        var channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.port())
                .usePlaintext()
                .build();
        try {
            var response = KVGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .range(RangeRequest.newBuilder()
                            .setKey(ByteString.copyFromUtf8("foo"))
                            .build());
            assertThat(response.getCount()).isEqualTo(1);
        } finally {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\":\"Zm9v\",\"limit\":\"5\",\"sort_order\":\"DESCEND\",\"keys_only\":true}",
                "{\"key\":\"Zm9v\",\"limit\":5,\"sortOrder\":2,\"keysOnly\":true}",
                "{\"key\":\"Zm9v\",\"limit\":5,\"sortOrder\":2,\"keysOnly\":true,\"unknown\":{\"a\":[1]},\"min_mod_revision\":null}",
            })
    void numbersNamesAndEnumsAreAcceptedInBothForms(String body) throws Exception {
        assertThat(gateway.post("/v3/kv/range", body).statusCode()).isEqualTo(200);

        assertThat(Objects.requireNonNull(kv.ranges.poll(10, TimeUnit.SECONDS)))
                .isEqualTo(RangeRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8("foo"))
                        .setLimit(5)
                        .setSortOrder(SortOrder.DESCEND)
                        .setKeysOnly(true)
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", " \n"})
    void anAbsentBodyIsAnEmptyRequest(String body) throws Exception {
        gateway.post("/v3/kv/range", body);

        assertThat(kv.ranges.poll(10, TimeUnit.SECONDS)).isEqualTo(RangeRequest.getDefaultInstance());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\":\"Zm9v\"",
                "{\"key\":\"Zm9",
                "{\"key\":\"Z\"}",
                "{\"key\":\"%%%%\"}",
                "{\"key\":5}",
                "{\"key\":[]}",
                "{\"key\":{}}",
                "{\"limit\":\"x\"}",
                "{\"limit\":1.5}",
                "{\"limit\":\"9223372036854775808\"}",
                "{\"limit\":true}",
                "{\"sort_order\":\"BOGUS\"}",
                "{\"keys_only\":\"yes\"}",
                "[]",
                "5",
                "\"text\"",
                "{key:\"Zm9v\"}",
                "{'key':'Zm9v'}",
                "{\"key\":\"Zm9v\"} trailing",
                "{\"key\":\"Zm9v\"}{\"key\":\"Zm9v\"}",
                "{\"key\":\"Zm9v\",\"key\":\"Zm9v\",}",
                "\u0000",
            })
    void aMalformedBodyIsRefused(String body) throws Exception {
        HttpResponse<String> response = gateway.post("/v3/kv/range", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"error\":\"")
                .contains("\"code\":3")
                .doesNotContain("Exception");
        assertThat(kv.ranges).isEmpty();
    }

    @Test
    void aLargeBodyMayBeAnnounced() throws Exception {
        String value = "QUFB".repeat(500_000);
        HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(gateway.uri("/v3/kv/put"))
                .expectContinue(true)
                .POST(BodyPublishers.ofString("{\"key\":\"Zm9v\",\"value\":\"" + value + "\"}")));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void deeplyNestedJsonIsRefused() throws Exception {
        String body = "{\"unknown\":".repeat(100_000);

        assertThat(gateway.post("/v3/kv/range", body).statusCode()).isEqualTo(400);
    }

    @Test
    void theFailureOfACallHasTheTextAndCodeOfTheService() throws Exception {
        HttpResponse<String> response = gateway.post("/v3/kv/put", "{\"key\":\"Zm9v\",\"lease\":\"77\"}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .isEqualTo("{\"error\":\"etcdserver: requested lease not found\","
                        + "\"message\":\"etcdserver: requested lease not found\",\"code\":5}");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v3/kv/range, 405, Method Not Allowed",
        "PUT, /v3/kv/range, 405, Method Not Allowed",
        "POST, /version, 405, Method Not Allowed",
        "DELETE, /health, 405, Method Not Allowed",
        "OPTIONS, /v3/kv/range, 405, Method Not Allowed",
        "GET, /nosuch, 404, 404 page not found",
        "POST, /v3/nosuch, 404, Not Found",
        "POST, /v3alpha/kv/range, 404, 404 page not found",
        "POST, /v3/kv/range/, 404, Not Found",
        "GET, /, 404, 404 page not found",
    })
    void unknownPathsAndMethodsAreRefused(String method, String path, int status, String text) throws Exception {
        HttpResponse<String> response =
                gateway.send(HttpRequest.newBuilder(gateway.uri(path)).method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(text + "\n");
    }

    @Test
    void aMethodWithoutServiceIsUnimplemented() throws Exception {
        HttpResponse<String> response = gateway.post("/v3/lease/grant", "{\"TTL\":60}");

        assertThat(response.statusCode()).isEqualTo(501);
        assertThat(response.body()).contains("\"code\":12");
    }

    @Test
    void aRequestOfAnotherSiteIsRefused() throws Exception {
        HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(gateway.uri("/v3/kv/range"))
                .header("Origin", "http://example.com")
                .POST(BodyPublishers.ofString("{\"key\":\"Zm9v\"}")));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(kv.ranges).isEmpty();
    }

    @Test
    void metricsAreReturned() throws Exception {
        HttpResponse<String> response = gateway.get("/metrics");

        assertThat(response.body()).isEqualTo("some_metric 1.0\n");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void metricsThatFailAreUnavailable() throws Exception {
        Supplier<String> failing = () -> {
            throw new IllegalStateException("no metrics");
        };
        try (var broken = new GatewayServer(failing, GatewayProperties.DEFAULTS, kv)) {
            assertThat(broken.get("/metrics").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aMemberWithoutServicesIsNotHealthy() throws Exception {
        HttpResponse<String> response = gateway.get("/health");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("{\"health\":\"false\"}");
    }
}
