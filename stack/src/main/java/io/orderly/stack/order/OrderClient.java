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

/** A client of the order-service: places orders, follows them until they end, and asks what happened to an order. */
public final class OrderClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> ENDS = Set.of("CONFIRMED", "REJECTED", "CANCELLED", "PARKED");
    private static final String TEXT = "text/plain";
    private static final int LONGEST_LINE = 500;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL_PAUSE = Duration.ofMillis(20);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI orderService;
    private final Duration patience;

    /**
     * @param orderService where the order-service is
     * @param patience how long an order may take to be accepted, and again to come to its end; nothing else waits for it
     */
    public OrderClient(URI orderService, Duration patience) {
        this.orderService = orderService;
        this.patience = patience;
    }

    /**
     * Places an order for one product and waits until its saga has ended.
     *
     * @throws ProcessFailure if it is refused, or does not end in time
     */
    public PlacedOrder place(String customer, String sku) throws InterruptedException {
        OrderId order = accept(customer, sku);
        long giveUpNanos = System.nanoTime() + patience.toNanos();
        do {
            String status = statusOf(order);
            if (ENDS.contains(status)) {
                return new PlacedOrder(status, timeline(order));
            }
            Thread.sleep(POLL_PAUSE);
        } while (System.nanoTime() - giveUpNanos < 0);
        throw new ProcessFailure("the order of %s has not ended after %d s:%n%n%s"
                .formatted(customer, patience.toSeconds(), timeline(order)));
    }

    /**
     * What has become of an order and all that happened to it, as the order-service tells it to people.
     *
     * @throws ProcessFailure if there is no such order, or the order-service does not answer
     */
    public String timeline(OrderId order) throws InterruptedException {
        HttpResponse<String> answer = get("/orders/" + order + "/timeline", TEXT);
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith(TEXT)) {
            throw new ProcessFailure(orderService + " does not answer as an order-service does");
        }
        return answer.body()
                .lines()
                .map(line -> Printable.of(line, LONGEST_LINE) + "\n")
                .collect(Collectors.joining());
    }

    /** Places the order; again if the product is not known, for the order-service hears of the catalogue through Kafka. */
    private OrderId accept(String customer, String sku) throws InterruptedException {
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
        long giveUpNanos = System.nanoTime() + patience.toNanos();
        while (true) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(orderService.resolve("/orders"))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .POST(BodyPublishers.ofByteArray(body)));
            if (answer.statusCode() == ACCEPTED) {
                String location = answer.headers().firstValue("Location").orElse("");
                return orderId(location.substring(location.lastIndexOf('/') + 1));
            }
            if (answer.statusCode() != UNPROCESSABLE || System.nanoTime() - giveUpNanos > 0) {
                throw unexpected("POST /orders", answer);
            }
            Thread.sleep(RETRY_PAUSE);
        }
    }

    private static OrderId orderId(String text) {
        try {
            return OrderId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ProcessFailure("the order-service has accepted an order under a malformed id", e);
        }
    }

    private String statusOf(OrderId order) throws InterruptedException {
        String body = get("/orders/" + order, "application/json").body();
        try {
            return JSON.readTree(body).path("status").asString("");
        } catch (JacksonException e) {
            throw new ProcessFailure("the order-service does not answer with JSON", e);
        }
    }

    private HttpResponse<String> get(String path, String mediaType) throws InterruptedException {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(orderService.resolve(path)).header("Accept", mediaType));
        if (answer.statusCode() == NOT_FOUND) {
            throw new ProcessFailure("%s answers: %s".formatted(orderService, detailOf(answer)));
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
            throw new ProcessFailure("the order-service at %s does not answer: %s".formatted(orderService, e), e);
        }
    }

    private static ProcessFailure unexpected(String call, HttpResponse<String> answer) {
        return new ProcessFailure("%s was answered with %d: %s".formatted(call, answer.statusCode(), detailOf(answer)));
    }

    /** The sentence in a problem, or else the whole answer. */
    private static String detailOf(HttpResponse<String> answer) {
        String detail = answer.body();
        try {
            detail = JSON.readTree(answer.body()).path("detail").asString(detail);
        } catch (JacksonException e) {
            // it is no problem
        }
        return Printable.of(detail, LONGEST_LINE);
    }
}
