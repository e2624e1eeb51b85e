package io.orderly.antipatterns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client of the order-service. */
public final class OrderServiceClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    public OrderServiceClient(int port) {
        this.base = "http://localhost:" + port;
    }

    /** A response with its body as text. */
    public record Answer(int status, HttpResponse<String> response) {

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String text() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public static String order(String customer, String sku, int quantity) {
        return order(customer, "[{\"sku\":\"%s\",\"quantity\":%d}]".formatted(sku, quantity));
    }

    public static String order(String customer, String lines) {
        return """
                {"customer":"%s","lines":%s,"address":{"name":"Alice","street":"Lindenstr. 5","city":"Berlin",
                 "postalCode":"10969","country":"DE"}}""".formatted(customer, lines);
    }

    public Answer place(String body) {
        return place(UUID.randomUUID().toString(), body);
    }

    public Answer place(String key, String body) {
        return post("/orders", body, request -> request.header("Idempotency-Key", key));
    }

    public Answer post(String path, String body, UnaryOperator<HttpRequest.Builder> more) {
        return send(more.apply(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))));
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
