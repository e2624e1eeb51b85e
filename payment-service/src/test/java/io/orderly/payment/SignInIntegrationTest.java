package io.orderly.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.SignInMatrix;
import io.orderly.kit.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with callers who sign in. */
@DirtiesContext
class SignInIntegrationTest extends PaymentIntegrationTest {

    private static final TestIssuer ISSUER = TestIssuer.start();

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void signIn(DynamicPropertyRegistry registry) {
        ISSUER.settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void everyEndpointNeedsItsScope(@Autowired ApplicationContext service) throws Exception {
        SignInMatrix.assertHolds(service, port, ISSUER, """
                READ GET /payments
                READ GET /payments/{orderId}
                OPERATE GET /accounts
                READ GET /accounts/{customer}
                READ GET /accounts/{customer}/entries
                WRITE POST /accounts/{customer}/deposits
                OPERATE GET /reconciliation
                """);
    }

    @Test
    void anotherCustomersPaymentAndAccountAreLikeMissingOnes() throws Exception {
        OrderId order = newOrder();
        charge(order, "signed-in", "1.00");
        awaitReplies(order, 1);
        String owner = ISSUER.token("signed-in", "orders:read orders:write");
        String other = ISSUER.token("another", "orders:read orders:write");
        String missing = newOrder().toString();

        HttpResponse<String> foreign = get("/payments/" + order, other);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body().replace(order.toString(), missing))
                .isEqualTo(get("/payments/" + missing, other).body());
        assertThat(get("/payments/" + order, owner).statusCode()).isEqualTo(200);
        for (String path : List.of("/accounts/%s", "/accounts/%s/entries")) {
            HttpResponse<String> account = get(path.formatted("signed-in"), other);
            assertThat(account.statusCode()).isEqualTo(404);
            assertThat(account.body().replace("signed-in", "never-seen"))
                    .isEqualTo(get(path.formatted("never-seen"), other).body());
            assertThat(get(path.formatted("signed-in"), owner).statusCode()).isEqualTo(200);
        }
        assertThat(get("/payments?customer=signed-in", other).body()).isEqualTo("{\"payments\":[]}");
        assertThat(get("/payments", other).body()).isEqualTo("{\"payments\":[]}");
        assertThat(get("/payments", owner).body()).contains(order.toString());
        assertThat(get("/payments?customer=signed-in", ISSUER.token("oscar", "operate"))
                        .body())
                .contains(order.toString());
    }

    @Test
    void aCustomerDepositsToTheirOwnAccountOnly() throws Exception {
        assertThat(deposit("signed-in", ISSUER.token("another", "orders:write")))
                .isEqualTo(404);
        assertThat(deposit("signed-in", ISSUER.token("signed-in", "orders:write")))
                .isEqualTo(201);
    }

    private int deposit(String customer, String token) throws IOException, InterruptedException {
        return http.send(
                        request("/accounts/" + customer + "/deposits", token)
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .POST(BodyPublishers.ofString(
                                        "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"EUR\"}}"))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return http.send(request(path, token).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }
}
