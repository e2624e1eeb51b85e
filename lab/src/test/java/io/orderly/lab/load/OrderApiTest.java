package io.orderly.lab.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.orderly.contracts.Sku;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An invalid response causes an {@link IOException}, which the load generator handles. */
class OrderApiTest {

    private final PlannedOrder order =
            new OrderMix("api", 1, List.of(new Sku("A-1")), 10, MixShares.ALL_ORDINARY).order(1);
    private HttpServer server;
    private String location = "";
    private String products = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/orders", exchange -> {
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().add("Location", location);
            }
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        server.createContext("/products", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(products.getBytes(UTF_8));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/orders/", "/orders/no-id", "nowhere"})
    void rejectsAnAcceptanceWithoutAValidOrderId(String place) {
        location = place;
        assertThatThrownBy(() -> api().send(order)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "{\"products\": [{}]}",
                "{\"products\": [{\"sku\": \"\\u0000\"}]}",
                "{\"products\": [7]}",
                "{\"products\": [], \"next\": \"A-1\"}"
            })
    void rejectsInvalidProducts(String answer) {
        products = answer;
        assertThatThrownBy(() -> api().products()).isInstanceOf(IOException.class);
    }

    @Test
    void readsProducts() throws Exception {
        products = "{\"products\": [{\"sku\": \"A-1\", \"colour\": 1}], \"next\": null}";
        assertThat(api().products()).containsExactly(new Sku("A-1"));
    }

    private OrderApi api() {
        URI service = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new OrderApi(service, service);
    }
}
