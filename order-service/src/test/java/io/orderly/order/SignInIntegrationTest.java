package io.orderly.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.SignInMatrix;
import io.orderly.kit.testing.TestIssuer;
import io.orderly.order.OrderServiceClient.Response;
import java.net.http.HttpRequest;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with callers who sign in. */
@DirtiesContext
class SignInIntegrationTest extends OrderServiceIntegrationTest {

    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final String ADA = ISSUER.token("ada", "orders:read orders:write");
    private static final String BOB = ISSUER.token("bob", "orders:read orders:write");
    private static final String OPERATOR = ISSUER.token("oscar", "operate");

    @Autowired
    MeterRegistry meters;

    @DynamicPropertySource
    static void signIn(DynamicPropertyRegistry registry) {
        ISSUER.settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void everyEndpointNeedsItsScope(@Autowired ApplicationContext service, @LocalServerPort int port) throws Exception {
        SignInMatrix.assertHolds(service, port, ISSUER, """
                READ GET /orders
                READ GET /orders/{id}
                READ GET /orders/{id}/timeline
                READ GET /orders/{id}/events
                WRITE POST /orders
                WRITE POST /orders/{id}/cancellation
                READ GET /products/details
                READ GET /products/{sku}/details
                OPERATE GET /sagas
                OPERATE GET /sagas/{id}
                OPERATE POST /sagas/{id}/retry
                OPERATE POST /sagas/{id}/park
                OPERATE POST /sagas/{id}/compensate
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /orders/%s",
                "GET /orders/%s/timeline",
                "GET /orders/%s/events",
                "POST /orders/%s/cancellation"
            })
    void anotherCustomersOrderIsLikeAMissingOne(String endpoint) {
        OrderId order = placed("ada");
        String missing = "01a22def-36dc-7000-830e-b5f08fd6574e";

        Response ofAda = send(endpoint.formatted(order), BOB);
        Response ofNobody = send(endpoint.formatted(missing), BOB);

        assertThat(ofAda.status()).as(ofAda.text()).isEqualTo(404);
        assertThat(ofNobody.status()).isEqualTo(404);
        assertThat(ofAda.text().replace(order.toString(), missing)).isEqualTo(ofNobody.text());
        assertThat(send(endpoint.formatted(order), ADA).status()).isIn(200, 202, 204, 409);
        assertThat(meters.get("orderly.security.refusals")
                        .tag("reason", "other-customer")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void aCustomerListsTheirOwnOrders() {
        OrderId order = placed("ada");

        assertThat(send("GET /orders", ADA).text()).contains(order.toString());
        assertThat(send("GET /orders?customer=ada", ADA).text()).contains(order.toString());
        assertThat(send("GET /orders", BOB).text()).doesNotContain("\"ada\"");
        assertThat(send("GET /orders?customer=ada", BOB).text()).isEqualTo("{\"orders\":[]}");
        assertThat(api.get(
                                "/orders?customer=ada",
                                request -> request.header("API-Version", "2").header("Authorization", "Bearer " + BOB))
                        .text())
                .isEqualTo("{\"orders\":[]}");
        assertThat(send("GET /orders?customer=ada", OPERATOR).text()).contains(order.toString());
        assertThat(send("GET /orders/" + order, OPERATOR).status()).isEqualTo(200);
        assertThat(send("GET /orders", ISSUER.token("service|console", "orders:read"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aCustomerPlacesNoOrdersForAnother() {
        Response answer = place("ada", BOB);

        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(answer.text()).contains("/problems/forbidden");
        assertThat(place("ada", OPERATOR).status()).isEqualTo(202);
    }

    @Test
    void theInventoryServiceGetsTheTokenOfTheCaller() {
        var tokens = new ConcurrentLinkedQueue<String>();
        inventory.serve("/products/SIGNED-IN/details", exchange -> {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });

        assertThat(send("GET /products/SIGNED-IN/details", ADA).status()).isEqualTo(404);
        assertThat(tokens).containsExactly("Bearer " + ADA);
    }

    private OrderId placed(String customer) {
        Response answer = place(customer, ADA);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return OrderId.of(answer.json().get("id").asString());
    }

    private Response place(String customer, String token) {
        return api.post(
                "/orders",
                OrderJson.order(customer, "LAMP-1", 1),
                request -> request.header("Idempotency-Key", UUID.randomUUID().toString())
                        .header("Authorization", "Bearer " + token));
    }

    /** @param request method and path */
    private Response send(String request, String token) {
        String path = request.substring(request.indexOf(' ') + 1);
        UnaryOperator<HttpRequest.Builder> signed = builder -> builder.header("Authorization", "Bearer " + token);
        return request.startsWith("POST")
                ? api.post(path, "", signed)
                : api.get(path, "Authorization", "Bearer " + token);
    }
}
