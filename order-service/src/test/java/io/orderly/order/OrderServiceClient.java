package io.orderly.order;

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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client of the order-service under test. */
final class OrderServiceClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    OrderServiceClient(int port) {
        this.base = "http://localhost:" + port;
    }

    /** A response with its body as text. */
    record Response(int status, HttpResponse<String> http) {

        JsonNode json() {
            return JSON.readTree(http.body());
        }

        String text() {
            return http.body();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    Response place(String body) {
        return place(UUID.randomUUID().toString(), body);
    }

    Response place(String key, String body) {
        return post("/orders", body, request -> request.header("Idempotency-Key", key));
    }

    Response post(String path) {
        return post(path, "", request -> request);
    }

    Response post(String path, String body, UnaryOperator<HttpRequest.Builder> more) {
        return send(more.apply(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))));
    }

    Response get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    Response get(String path, String header, String value) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).header(header, value));
    }

    Response get(String path, UnaryOperator<HttpRequest.Builder> more) {
        return send(more.apply(HttpRequest.newBuilder(URI.create(base + path))));
    }

    /** The lines of an event stream, until it ends. */
    Stream<String> stream(String path, int lastEventId) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", Integer.toString(lastEventId))
                .build();
        try {
            return http.send(request, BodyHandlers.ofLines()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Response(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
