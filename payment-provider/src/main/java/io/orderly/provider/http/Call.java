package io.orderly.provider.http;

import com.sun.net.httpserver.HttpExchange;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request whose path was matched. */
final class Call {

    /** Larger bodies are refused; the largest sensible one has a tenth of this. */
    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final int MAX_KEY_LENGTH = 200;

    private final HttpExchange exchange;
    private final byte[] body;
    private final @Nullable String rawKey;

    Call(HttpExchange exchange, byte[] body, @Nullable String rawKey) {
        this.exchange = exchange;
        this.body = body;
        this.rawKey = rawKey;
    }

    /** The idempotency key in the path, of 1 to 200 characters. */
    String key() {
        if (rawKey == null) {
            throw new IllegalStateException("The path has no key");
        }
        return Text.readable("key", Text.decoded("key", rawKey), MAX_KEY_LENGTH);
    }

    /** The fields of the JSON object in the body. */
    Fields fields() {
        var contentType = exchange.getRequestHeaders().getFirst("Content-Type");
        if (contentType == null
                || !contentType
                        .split(";", 2)[0]
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .equals("application/json")) {
            throw new Problem(415, "Unsupported media type", "The body must be application/json", "Content-Type");
        }
        return Fields.of(body);
    }

    static Problem tooLarge() {
        return new Problem(
                413, "Content too large", "The body must be at most %d bytes".formatted(MAX_BODY_BYTES), null);
    }

    /** A number in the query. */
    long parameter(String name, long min, long max, long otherwise) {
        if (!(parameters().get(name) instanceof String value)) {
            return otherwise;
        }
        try {
            var number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // the same answer
        }
        throw Problem.malformed(name, "must be a whole number from %d to %d".formatted(min, max));
    }

    private Map<String, String> parameters() {
        var query = exchange.getRequestURI().getRawQuery();
        if (query == null) {
            return Map.of();
        }
        var parameters = new HashMap<String, String>();
        for (var pair : query.split("&")) {
            var parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return parameters;
    }
}
