package io.orderly.provider.http;

import io.orderly.http.PercentEncoding;
import io.orderly.http.TargetViolation;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.Parameters;
import org.jspecify.annotations.Nullable;

/** A request whose path matches a route. */
record MatchedRequest(
        @Nullable String rawKey,
        Parameters parameters,
        @Nullable String contentType,
        byte[] body) {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    /** The idempotency key in the path, 1 to 200 characters long. */
    String key() {
        var key = ReadableText.require(
                "key", PercentEncoding.decode(String.valueOf(rawKey)).orElse(null));
        if (key.equals(".") || key.equals("..")) {
            throw ProblemException.malformed("key", "must not be . or ..");
        }
        return key;
    }

    /**
     * Reads the JSON object in the body.
     *
     * @param defaults the values of fields that the body does not contain
     */
    <T extends Record> T read(Class<T> type, Object defaults) {
        if (contentType == null
                || !contentType
                        .split(";", 2)[0]
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .equals("application/json")) {
            throw new ProblemException(
                    415, "Unsupported media type", "The body must be application/json", "Content-Type");
        }
        return Json.read(body, type, defaults);
    }

    /** An integer query parameter in canonical notation. */
    long parameter(String name, long min, long max, long defaultValue) {
        var values = parameters.getParameterValues(name);
        if (values == null) {
            return defaultValue;
        }
        if (values.length > 1) {
            throw ProblemException.malformed(name, "must not be repeated");
        }
        try {
            if (WHOLE_NUMBER.matcher(values[0]).matches()) {
                var number = Long.parseLong(values[0]);
                if (number >= min && number <= max) {
                    return number;
                }
            }
        } catch (NumberFormatException _) {
            // same response as for other invalid values
        }
        throw ProblemException.malformed(name, "must be a whole number from %d to %d".formatted(min, max));
    }

    /**
     * Rejects unknown query parameters. Called by handlers with parameters, so that a misspelled name is not ignored.
     */
    void requireOnlyParameters(String... known) {
        parameters.getParameterNames().asIterator().forEachRemaining(name -> {
            if (!List.of(known).contains(name)) {
                throw ProblemException.malformed(
                        TargetViolation.shown(name), "is unknown, known are " + List.of(known));
            }
        });
    }
}
