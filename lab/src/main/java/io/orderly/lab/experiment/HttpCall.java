package io.orderly.lab.experiment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to the order-service.
 *
 * @param path from the root, with {@code {sku}} where a product's goes
 */
public record HttpCall(Method method, String path) {

    private static final Pattern SYNTAX = Pattern.compile("(GET|POST) (/[A-Za-z0-9/{}?=&_-]*)");

    /** Reading or placing. */
    public enum Method {
        GET,
        POST
    }

    /** @return empty if it is not such a request */
    static Optional<HttpCall> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        return matcher.matches()
                ? Optional.of(new HttpCall(Method.valueOf(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
