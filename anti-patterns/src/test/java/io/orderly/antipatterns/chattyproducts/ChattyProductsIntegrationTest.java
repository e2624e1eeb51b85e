package io.orderly.antipatterns.chattyproducts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.orderly.antipatterns.OrderServiceClient;
import io.orderly.antipatterns.OrderServiceIntegrationTest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Product details from one call and from several: the same result at a different cost. */
class ChattyProductsIntegrationTest extends OrderServiceIntegrationTest {

    private static final List<String> calls = new CopyOnWriteArrayList<>();
    private static volatile String broken = "none";

    static {
        inventory.serve("/products", ChattyProductsIntegrationTest::answer);
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
    void reset() {
        calls.clear();
        broken = "none";
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "parallel"})
    void threeCallsReturnTheSameDetailsAsOne(String mode) {
        String aggregated = api.get("/products/LAMP-1/details").text();
        assertThat(calls).containsExactly("/products/LAMP-1/details");
        calls.clear();

        OrderServiceClient.Answer chatty = api.get("/anti-patterns/chatty/products/LAMP-1?mode=" + mode);

        assertThat(chatty.status()).as(chatty.text()).isEqualTo(200);
        assertThat(chatty.text()).isEqualTo(aggregated);
        assertThat(calls)
                .containsExactlyInAnyOrder("/products/LAMP-1", "/products/LAMP-1/stock", "/products/LAMP-1/reviews");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "parallel"})
    void aPageTakesThreeCallsForEachProductOrOne(String mode) {
        assertThat(api.get("/products/details?limit=2").status()).isEqualTo(200);
        assertThat(calls).containsExactly("/products/details?limit=2");
        calls.clear();

        OrderServiceClient.Answer chatty = api.get("/anti-patterns/chatty/products?limit=2&mode=" + mode);

        assertThat(chatty.status()).as(chatty.text()).isEqualTo(200);
        assertThat(chatty.json().get("products")).hasSize(2);
        assertThat(calls).hasSize(6);
        assertThat(chatty.json().at("/products/0/product/of").asString()).isEqualTo("/products/CHAIR-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/products/LAMP-1/details",
                "/anti-patterns/chatty/products/LAMP-1",
                "/anti-patterns/chatty/products/LAMP-1?mode=parallel"
            })
    void aRequestFailsIfOneCallFails(String path) {
        broken = path.startsWith("/products") ? "details" : "reviews";

        OrderServiceClient.Answer answer = api.get(path);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/participant-unavailable");
    }

    @Test
    void unknownProductsAndModesAreRejected() {
        assertThat(api.get("/products/NO-SUCH/details").status()).isEqualTo(404);
        assertThat(api.get("/anti-patterns/chatty/products/NO-SUCH").status()).isEqualTo(404);
        OrderServiceClient.Answer answer = api.get("/anti-patterns/chatty/products/LAMP-1?mode=telepathic");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("mode");
    }
}
