package io.orderly.stack.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that records requests and returns a fixed response. */
class EtcdGatewayTest {

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private EtcdGateway gateway;
    private volatile int status = 200;
    private volatile String response = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = response.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        gateway = new EtcdGateway(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsTheValueOfAKey() throws Exception {
        response = "{\"kvs\":[{\"key\":\"Zm9v\",\"value\":\"YmFy\"}],\"count\":\"1\"}";

        assertThat(gateway.get("foo", true)).contains("bar");
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("/v3/kv/range ")
                .contains("\"key\":\"Zm9v\"");
    }

    @Test
    void aMissingKeyHasNoValue() throws Exception {
        response = "{\"header\":{}}";

        assertThat(gateway.get("foo", false)).isEmpty();
    }

    @Test
    void aMemberWithoutALeaderHasALeaderOfZero() throws Exception {
        response = "{\"header\":{\"member_id\":\"2\"}}";

        assertThat(gateway.status()).isEqualTo(new EtcdGateway.Status("2", "0", 0));
    }

    @Test
    void anExpiredLeaseCannotBeKeptAlive() throws Exception {
        response = "{\"result\":{\"header\":{},\"ID\":\"7\"}}";
        assertThat(gateway.keepAlive("7")).isFalse();

        response = "{\"result\":{\"ID\":\"7\",\"TTL\":\"5\"}}";
        assertThat(gateway.keepAlive("7")).isTrue();
    }

    @Test
    void failsIfTheMemberDoesNotSucceed() {
        status = 503;
        response = "{\"message\":\"no leader\"}";
        assertThatIOException().isThrownBy(() -> gateway.delete("foo")).withMessageContaining("503", "no leader");

        status = 200;
        response = "<html>";
        assertThatIOException().isThrownBy(() -> gateway.delete("foo")).withMessageContaining("JSON");
    }
}
