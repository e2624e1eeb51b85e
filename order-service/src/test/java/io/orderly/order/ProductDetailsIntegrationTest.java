package io.orderly.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Product details, fetched with one call to the inventory-service. */
class ProductDetailsIntegrationTest extends OrderServiceIntegrationTest {

    private static final List<String> calls = new CopyOnWriteArrayList<>();
    private static volatile String broken = "none";

    static {
        inventory.serve("/products", ProductDetailsIntegrationTest::answer);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String uri = exchange.getRequestURI().toString();
            calls.add(uri);
            int status = uri.contains("NO-SUCH") ? 404 : uri.contains(broken) ? 500 : 200;
            byte[] body = (uri.startsWith("/products/details")
                            ? "{\"products\":[{\"product\":1,\"stock\":2,\"reviews\":3}]}"
                            : uri.endsWith("/details")
                                    ? "{\"product\":{\"of\":\"%1$s\"},\"stock\":{\"of\":\"%1$s/stock\"},\"reviews\":{\"of\":\"%1$s/reviews\"}}"
                                            .formatted(uri.substring(0, uri.length() - "/details".length()))
                                    : "{\"of\":\"%s\"}".formatted(uri))
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @BeforeEach
    void resetStub() {
        calls.clear();
        broken = "none";
    }

    @Test
    void fetchesTheDetailsOfAProductWithOneCall() {
        OrderServiceClient.Response answer = api.get("/products/LAMP-1/details");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/reviews/of").asString()).isEqualTo("/products/LAMP-1/reviews");
        assertThat(calls).containsExactly("/products/LAMP-1/details");
    }

    @Test
    void fetchesAPageWithOneCall() {
        assertThat(api.get("/products/details?limit=2").status()).isEqualTo(200);
        assertThat(calls).containsExactly("/products/details?limit=2");
    }

    @Test
    void reportsAFailureOfTheInventoryService() {
        broken = "details";

        OrderServiceClient.Response answer = api.get("/products/LAMP-1/details");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/participant-unavailable");
    }

    @Test
    void reportsAnUnknownProduct() {
        assertThat(api.get("/products/NO-SUCH/details").status()).isEqualTo(404);
    }
}
