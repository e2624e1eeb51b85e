package io.orderly.lab.experiment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to the order-service, as given in an experiment file.
 *
 * @param path an absolute path, in which {@code {sku}} is replaced by the SKU of a product
 */
public record HttpCall(Method method, String path) {

    private static final Pattern SYNTAX = Pattern.compile("(GET|POST) (/[A-Za-z0-9/{}?=&_-]*)");

    /** The method: GET reads a product, POST places an order. */
    public enum Method {
        GET,
        POST
    }

    /** @return empty if the text is not a valid request */
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
