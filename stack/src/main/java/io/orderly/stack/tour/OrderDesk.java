package io.orderly.stack.tour;

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
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Places orders and follows them to their end, as a client of the order-service. */
public final class OrderDesk {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ACCEPTED = 202;
    private static final int UNPROCESSABLE = 422;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL_PAUSE = Duration.ofMillis(20);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI orderService;
    private final Duration patience;

    /**
     * @param orderService where the order-service is
     * @param patience how long an order may take to be accepted, and again to come to its end
     */
    public OrderDesk(URI orderService, Duration patience) {
        this.orderService = orderService;
        this.patience = patience;
    }

    /**
     * Places an order for one product and waits until its saga has ended.
     *
     * @throws ProcessFailure if it is refused, or does not end in time
     */
    public Timeline place(String customer, String sku) throws InterruptedException {
        URI order = accept(customer, sku);
        URI timeline = URI.create(order + "/timeline");
        long giveUpNanos = System.nanoTime() + patience.toNanos();
        Timeline last;
        do {
            last = Timeline.of(get(timeline));
            if (last.hasEnded()) {
                return last;
            }
            Thread.sleep(POLL_PAUSE);
        } while (System.nanoTime() - giveUpNanos < 0);
        throw new ProcessFailure(
                "the order of %s has not ended after %d s:%n%n%s".formatted(customer, patience.toSeconds(), last));
    }

    /** Places the order; again if the product is not known, for the order-service hears of the catalogue through Kafka. */
    private URI accept(String customer, String sku) throws InterruptedException {
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
                return orderService.resolve(
                        answer.headers().firstValue("Location").orElseThrow());
            }
            if (answer.statusCode() != UNPROCESSABLE || System.nanoTime() - giveUpNanos > 0) {
                throw unexpected("POST /orders", answer);
            }
            Thread.sleep(RETRY_PAUSE);
        }
    }

    private JsonNode get(URI address) throws InterruptedException {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address));
        if (answer.statusCode() != 200) {
            throw unexpected("GET " + address.getPath(), answer);
        }
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.timeout(CALL_TIMEOUT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ProcessFailure("the order-service does not answer: " + e, e);
        }
    }

    private static ProcessFailure unexpected(String call, HttpResponse<String> answer) {
        return new ProcessFailure("%s was answered with %d: %s".formatted(call, answer.statusCode(), answer.body()));
    }
}
