package io.orderly.coordinator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** The gateway at the level of the connection. */
@Timeout(60)
class GatewayConnectionTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String VERSION = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";

    private GatewayServer gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayServer(new GatewayProperties(DataSize.ofKilobytes(100), LONG, LONG), new FakeKv());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private RawConnection connect() throws Exception {
        return new RawConnection(gateway.port());
    }

    @Test
    void aConnectionServesManyRequests() throws Exception {
        try (RawConnection connection = connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(connection.send(VERSION).readUntil("some_metric 1.0\n"))
                        .startsWith("HTTP/1.1 200 OK\r\n");
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        String range = "POST /v3/kv/range HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\n\r\n{\"key\":\"Zm9v\"}";
        try (RawConnection connection = connect()) {
            connection.send(range + VERSION + range + "GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            String received = connection.readToEnd();
            assertThat(received.split("HTTP/1.1 ", -1)).hasSize(5);
            assertThat(received).matches("(?s).*kvs.*some_metric.*kvs.*404 page not found\n");
        }
    }

    @Test
    void aRequestMayArriveByteByByte() throws Exception {
        try (RawConnection connection = connect()) {
            for (char each : VERSION.toCharArray()) {
                connection.send(String.valueOf(each));
            }
            assertThat(connection.readUntil("some_metric 1.0\n")).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void anHttp10ClientGetsAResponseAndTheConnectionIsClosed() throws Exception {
        try (RawConnection connection = connect()) {
            assertThat(connection.send("GET /metrics HTTP/1.0\r\n\r\n").readToEnd())
                    .endsWith("some_metric 1.0\n");
        }
    }

    @Test
    void headIsAnsweredWithoutABody() throws Exception {
        try (RawConnection connection = connect()) {
            String received = connection
                    .send("HEAD /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .readToEnd();
            assertThat(received)
                    .startsWith("HTTP/1.1 405 ")
                    .contains("allow: GET")
                    .endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                "\u0000\u0001\u0002\u0003garbage",
                "garbage\r\n\r\n",
                "\r\n\r\n",
                "PRX",
            })
    void aConnectionWithGarbageIsClosed(String bytes) throws Exception {
        try (RawConnection connection = connect()) {
            assertThat(connection.send(bytes + "\r\n\r\n").readToEnd()).doesNotContain("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /metrics HTTP/9.7.3\r\n\r\n",
                "POST /v3/kv/range HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "POST /v3/kv/range HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                "POST /v3/kv/range HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET /metrics HTTP/1.1\r\nbad header\u0000: x\r\n\r\n",
            })
    void malformedHttpIsRefusedAndTheConnectionClosed(String bytes) throws Exception {
        try (RawConnection connection = connect()) {
            assertThat(connection.send(bytes).readToEnd())
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContain("xception");
        }
    }

    @Test
    void aLongPathIsRefused() throws Exception {
        try (RawConnection connection = connect()) {
            String received = connection
                    .send("GET /" + "a".repeat(8_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")
                    .readToEnd();
            assertThat(received).startsWith("HTTP/1.1 414 ");
        }
    }

    @Test
    void longHeadersAreRefused() throws Exception {
        try (RawConnection connection = connect()) {
            String received = connection
                    .send("GET /metrics HTTP/1.1\r\nX: " + "a".repeat(20_000) + "\r\n\r\n")
                    .readToEnd();
            assertThat(received).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void anOversizedBodyIsRefusedBeforeItIsSent() throws Exception {
        try (RawConnection connection = connect()) {
            String received = connection
                    .send("POST /v3/kv/range HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n"
                            + "Expect: 100-continue\r\nConnection: close\r\n\r\n")
                    .readUntil("\r\n\r\n");
            assertThat(received).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void anOversizedChunkedBodyIsRefused() throws Exception {
        String chunk = "2710\r\n" + " ".repeat(10_000) + "\r\n";
        try (RawConnection connection = connect()) {
            connection.send("POST /v3/kv/range HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.send(chunk.repeat(11));
            assertThat(connection.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 413 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "GET /metrics HTTP/1.1\r\nHost: x\r\n",
                "POST /v3/kv/range HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\n\r\n{\"key\"",
            })
    void aSlowRequestIsClosed(String start) throws Exception {
        try (var slow = new GatewayServer(new GatewayProperties(DataSize.ofKilobytes(1), SHORT, LONG), new FakeKv());
                RawConnection connection = new RawConnection(slow.port())) {
            assertThat(connection.send(start).readToEnd()).isEmpty();
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (var impatient =
                        new GatewayServer(new GatewayProperties(DataSize.ofKilobytes(1), LONG, SHORT), new FakeKv());
                RawConnection connection = new RawConnection(impatient.port())) {
            assertThat(connection.send(VERSION).readToEnd()).endsWith("some_metric 1.0\n");
        }
    }
}
