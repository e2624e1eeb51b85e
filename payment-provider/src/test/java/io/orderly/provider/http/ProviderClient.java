package io.orderly.provider.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client of the provider. */
public final class ProviderClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    /** @param address of the provider */
    public ProviderClient(InetSocketAddress address) {
        base = "http://%s:%d".formatted(address.getHostString(), address.getPort());
    }

    /** A response. */
    public record Response(
            int status, String contentType, @Nullable String allow, long length, String text) {

        public JsonNode json() {
            return JSON.readTree(text);
        }

        public String field(String name) {
            return json().path(name).asString("");
        }
    }

    public Response get(String path) throws IOException {
        return send("GET", path, null, BodyPublishers.noBody());
    }

    public Response post(String path) throws IOException {
        return send("POST", path, null, BodyPublishers.noBody());
    }

    public Response put(String path, String json) throws IOException {
        return send("PUT", path, "application/json", BodyPublishers.ofString(json));
    }

    public Response charge(String key, String account, String amount) throws IOException {
        return put("/charges/" + key, request(account, amount));
    }

    public static String request(String account, String amount) {
        return """
                {"account":"%s","amount":"%s","currency":"EUR","reference":"order-1"}""".formatted(account, amount);
    }

    public Response send(String method, String path, @Nullable String contentType, BodyPublisher body)
            throws IOException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Response(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Allow").orElse(null),
                    response.headers().firstValueAsLong("Content-Length").orElse(-1),
                    response.body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
