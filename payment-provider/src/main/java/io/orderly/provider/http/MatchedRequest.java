package io.orderly.provider.http;

import io.orderly.http.PercentEncoding;
import io.orderly.http.TargetViolation;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.Parameters;
import org.jspecify.annotations.Nullable;

/** A request whose path was matched. */
record MatchedRequest(
        @Nullable String rawKey,
        Parameters parameters,
        @Nullable String contentType,
        byte[] body) {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    /** The idempotency key in the path, of 1 to 200 characters. */
    String key() {
        var key = ReadableText.readable(
                "key", PercentEncoding.decode(String.valueOf(rawKey)).orElse(null));
        if (key.equals(".") || key.equals("..")) {
            throw ProblemException.malformed("key", "must not be a step in a path");
        }
        return key;
    }

    /**
     * The JSON object in the body.
     *
     * @param defaults whose fields stand for those that it leaves out
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

    /** A number in the query, written in one way only. */
    long parameter(String name, long min, long max, long otherwise) {
        var values = parameters.getParameterValues(name);
        if (values == null) {
            return otherwise;
        }
        if (values.length > 1) {
            throw ProblemException.malformed(name, "is there more than once");
        }
        try {
            if (WHOLE_NUMBER.matcher(values[0]).matches()) {
                var number = Long.parseLong(values[0]);
                if (number >= min && number <= max) {
                    return number;
                }
            }
        } catch (NumberFormatException _) {
            // the same answer
        }
        throw ProblemException.malformed(name, "must be a whole number from %d to %d".formatted(min, max));
    }

    /** To be called for a path that takes parameters, so that a misspelt one is noticed. */
    void noParametersBut(String... known) {
        parameters.getParameterNames().asIterator().forEachRemaining(name -> {
            if (!List.of(known).contains(name)) {
                throw ProblemException.malformed(
                        TargetViolation.shown(name), "is not known here, only " + List.of(known));
            }
        });
    }
}
