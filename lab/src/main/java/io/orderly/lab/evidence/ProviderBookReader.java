package io.orderly.lab.evidence;

import io.orderly.contracts.Printable;
import io.orderly.contracts.Require;
import io.orderly.stack.process.ProcessFailure;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the payment provider's book through its API; the provider is external, so its API is the only source. */
final class ProviderBookReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .build();
    private static final int PAGE = 1_000;
    private static final int OK = 200;
    private static final int MAX_REASON_LENGTH = 300;

    private final URI provider;

    ProviderBookReader(URI provider) {
        this.provider = provider;
    }

    private record Page(List<BookLine> payments, long next, boolean more) {

        Page {
            Require.present(payments, "payments");
            payments.forEach(line -> Require.present(line, "a payment"));
        }
    }

    /**
     * Reads all lines. A payment that changes meanwhile appears again on a later page; its last state counts.
     *
     * @throws ProcessFailure if the provider does not respond, or its response is not a valid book
     */
    List<BookLine> lines() throws InterruptedException {
        Map<String, BookLine> lines = new LinkedHashMap<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Page page;
            long after = 0;
            do {
                page = page(http, after);
                page.payments().forEach(line -> lines.put(line.key(), line));
                if (page.more() && page.next() <= after) {
                    throw unreadable(
                            "the page after %d refers to the page after %d".formatted(after, page.next()), null);
                }
                after = page.next();
            } while (page.more());
        }
        return List.copyOf(lines.values());
    }

    private Page page(HttpClient http, long after) throws InterruptedException {
        URI address = provider.resolve("/book?limit=%d&after=%d".formatted(PAGE, after));
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(address)
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw unreadable("it responds with %d: %s".formatted(answer.statusCode(), answer.body()), null);
            }
            return Optional.ofNullable(JSON.readValue(answer.body(), Page.class))
                    .orElseThrow(() -> unreadable("it responds with null", null));
        } catch (IOException e) {
            throw unreadable(e.toString(), e);
        } catch (JacksonException e) {
            throw unreadable(e.getOriginalMessage(), e);
        }
    }

    private ProcessFailure unreadable(String why, @Nullable Exception cause) {
        return new ProcessFailure(
                "the book of the payment provider at %s cannot be read: %s"
                        .formatted(provider, Printable.of(why, MAX_REASON_LENGTH)),
                cause);
    }
}
