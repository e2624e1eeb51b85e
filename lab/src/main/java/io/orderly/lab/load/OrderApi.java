package io.orderly.lab.load;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Printable;
import io.orderly.contracts.Sku;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP client of the order-service and the inventory-service. Calls block; use virtual threads. */
public final class OrderApi implements RequestTarget {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final String RETRY_AFTER = "Retry-After";
    private static final int PAGE_SIZE = 200;
    private static final int MAX_REASON_LENGTH = 300;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final URI orderService;
    private final URI inventoryService;

    public OrderApi(URI orderService, URI inventoryService) {
        this.orderService = orderService;
        this.inventoryService = inventoryService;
    }

    /** Places an order. A request without a response may have taken effect. */
    @Override
    public OrderResponse send(PlannedOrder order) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(orderService.resolve("/orders"))
                        .timeout(CALL_TIMEOUT)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", order.key())
                        .POST(BodyPublishers.ofByteArray(order.body()))
                        .build(),
                BodyHandlers.ofString());
        return new OrderResponse(
                answer.statusCode(),
                answer.statusCode() == ACCEPTED ? orderIn(answer) : null,
                null,
                retryAfter(answer));
    }

    /** The duration from the header {@code Retry-After}; zero without one. */
    public static Duration retryAfter(HttpResponse<?> answer) {
        return Duration.ofSeconds(answer.headers().firstValueAsLong(RETRY_AFTER).orElse(0));
    }

    /** @throws IOException if the response has no order id */
    public static OrderId orderIn(HttpResponse<String> accepted) throws IOException {
        String location = accepted.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException(
                        "an accepted order has no Location: " + Printable.of(accepted.body(), MAX_REASON_LENGTH)));
        try {
            return OrderId.of(location.substring(location.lastIndexOf('/') + 1));
        } catch (IllegalArgumentException e) {
            throw new IOException("an accepted order has the Location " + Printable.of(location, MAX_REASON_LENGTH), e);
        }
    }

    /** @return the status of the response */
    int cancel(OrderId order) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(orderService.resolve("/orders/" + order + "/cancellation"))
                                .timeout(CALL_TIMEOUT)
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    /** All products, sorted by SKU. */
    public List<Sku> products() throws IOException, InterruptedException {
        List<Sku> products = new ArrayList<>();
        @Nullable String after = null;
        do {
            JsonNode page = page(after);
            try {
                page.path("products")
                        .forEach(product ->
                                products.add(new Sku(product.path("sku").asString())));
            } catch (IllegalArgumentException e) {
                throw new IOException("GET /products returned a product without a SKU", e);
            }
            String next = page.path("next").stringValue(null);
            if (next != null && next.equals(after)) {
                throw new IOException("GET /products returned a page whose next page is itself");
            }
            after = next;
        } while (after != null);
        return products;
    }

    private JsonNode page(@Nullable String after) throws IOException, InterruptedException {
        String query = "?limit=" + PAGE_SIZE + (after == null ? "" : "&after=" + after);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(inventoryService.resolve("/products" + query))
                        .timeout(CALL_TIMEOUT)
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("GET /products returned %d: %s"
                    .formatted(answer.statusCode(), Printable.of(answer.body(), MAX_REASON_LENGTH)));
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new IOException("GET /products returned no JSON", e);
        }
    }
}
