package io.orderly.lab.evidence;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the payment provider's book; the provider is the outside world, so what it says of itself is all there is. */
final class Book {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final int PAGE = 1_000;
    private static final int OK = 200;

    private final URI provider;

    Book(URI provider) {
        this.provider = provider;
    }

    private record Page(List<BookLine> payments, long next, boolean more) {}

    /** A payment that changes meanwhile is met again on a later page, and counts as it is there. */
    List<BookLine> lines() throws IOException, InterruptedException {
        Map<String, BookLine> lines = new LinkedHashMap<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Page page;
            long after = 0;
            do {
                page = page(http, after);
                page.payments().forEach(line -> lines.put(line.key(), line));
                after = page.next();
            } while (page.more());
        }
        return List.copyOf(lines.values());
    }

    private Page page(HttpClient http, long after) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(provider.resolve("/book?limit=%d&after=%d".formatted(PAGE, after)))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("GET /book was answered with %d: %s".formatted(answer.statusCode(), answer.body()));
        }
        return JSON.readValue(answer.body(), Page.class);
    }
}
