package io.orderly.stack.order;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Printable;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A client of the order-service: places orders, waits for their completion, and reads timelines. */
public final class OrderClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> FINAL_STATUSES = Set.of("CONFIRMED", "REJECTED", "CANCELLED", "PARKED");
    private static final String TEXT = "text/plain";
    private static final int MAX_LINE_LENGTH = 500;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    /** An unknown product, a request with this key in progress, and what a gateway responds without an instance. */
    private static final Set<Integer> RETRIED = Set.of(UNPROCESSABLE, 409, 502, 503, 504);

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL_PAUSE = Duration.ofMillis(20);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI orderService;
    private final Duration timeout;

    /**
     * @param orderService the base URL of the order-service
     * @param timeout how long an order may take to be accepted, and then to be completed
     */
    public OrderClient(URI orderService, Duration timeout) {
        this.orderService = orderService;
        this.timeout = timeout;
    }

    /**
     * Places an order for one product and waits until its saga is complete.
     *
     * @throws ProcessFailure if the order is not accepted or not completed in time
     */
    public PlacedOrder place(String customer, String sku) throws InterruptedException {
        return awaitEnd(accept(customer, sku));
    }

    /**
     * Waits until the saga of an order is complete.
     *
     * @throws ProcessFailure if it is not in time
     */
    public PlacedOrder awaitEnd(OrderId order) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        do {
            String status = statusOf(order);
            if (FINAL_STATUSES.contains(status)) {
                return new PlacedOrder(status, timeline(order));
            }
            Thread.sleep(POLL_PAUSE);
        } while (System.nanoTime() - giveUpNanos < 0);
        throw new ProcessFailure(
                "order %s is not complete after %d s:%n%n%s".formatted(order, timeout.toSeconds(), timeline(order)));
    }

    /**
     * The status and the timeline of an order, as plain text from the order-service.
     *
     * @throws ProcessFailure if the order does not exist, or the order-service does not respond
     */
    public String timeline(OrderId order) throws InterruptedException {
        HttpResponse<String> answer = get("/orders/" + order + "/timeline", TEXT);
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith(TEXT)) {
            throw new ProcessFailure(orderService + " did not respond like an order-service");
        }
        return answer.body()
                .lines()
                .map(line -> Printable.of(line, MAX_LINE_LENGTH) + "\n")
                .collect(Collectors.joining());
    }

    /**
     * Places an order for one product, and returns when it is accepted. Retries if the product is unknown, because the order-service receives the catalogue through Kafka, and if
     * a gateway has lost the instance that processed the request, with the same key, so that there is one order.
     *
     * @throws ProcessFailure if the order is not accepted in time
     */
    public OrderId accept(String customer, String sku) throws InterruptedException {
        byte[] body = JSON.writeValueAsBytes(Map.of(
                "customer",
                customer,
                "lines",
                new Object[] {Map.of("sku", sku, "quantity", 1)},
                "address",
                Map.of(
                        "name", customer,
                        "street", "Lindenstr. 5",
                        "city", "Berlin",
                        "postalCode", "10969",
                        "country", "DE")));
        String idempotencyKey = UUID.randomUUID().toString();
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        while (true) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(orderService.resolve("/orders"))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", idempotencyKey)
                    .POST(BodyPublishers.ofByteArray(body)));
            if (answer.statusCode() == ACCEPTED) {
                String location = answer.headers().firstValue("Location").orElse("");
                return orderId(location.substring(location.lastIndexOf('/') + 1));
            }
            if (!RETRIED.contains(answer.statusCode()) || System.nanoTime() - giveUpNanos > 0) {
                throw unexpected("POST /orders", answer);
            }
            if (answer.statusCode() == UNPROCESSABLE) {
                idempotencyKey = UUID.randomUUID().toString(); // a refusal is repeated for its key
            }
            Thread.sleep(RETRY_PAUSE);
        }
    }

    private static OrderId orderId(String text) {
        try {
            return OrderId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ProcessFailure("the order-service accepted an order with a malformed id", e);
        }
    }

    /** Whether the saga of an order is complete. */
    public boolean isComplete(OrderId order) throws InterruptedException {
        return FINAL_STATUSES.contains(statusOf(order));
    }

    private String statusOf(OrderId order) throws InterruptedException {
        String body = get("/orders/" + order, "application/json").body();
        try {
            return JSON.readTree(body).path("status").asString("");
        } catch (JacksonException e) {
            throw new ProcessFailure("the order-service did not respond with JSON", e);
        }
    }

    private HttpResponse<String> get(String path, String mediaType) throws InterruptedException {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(orderService.resolve(path)).header("Accept", mediaType));
        if (answer.statusCode() == NOT_FOUND) {
            throw new ProcessFailure("%s: %s".formatted(orderService, detailOf(answer)));
        }
        if (answer.statusCode() != OK) {
            throw unexpected("GET " + path, answer);
        }
        return answer;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.timeout(CALL_TIMEOUT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ProcessFailure("the order-service at %s does not respond: %s".formatted(orderService, e), e);
        }
    }

    private static ProcessFailure unexpected(String call, HttpResponse<String> answer) {
        return new ProcessFailure("%s returned %d: %s".formatted(call, answer.statusCode(), detailOf(answer)));
    }

    /** The detail of a problem, or the whole response. */
    private static String detailOf(HttpResponse<String> answer) {
        String detail = answer.body();
        try {
            detail = JSON.readTree(answer.body()).path("detail").asString(detail);
        } catch (JacksonException e) {
            // the response is not a problem
        }
        return Printable.of(detail, MAX_LINE_LENGTH);
    }
}
