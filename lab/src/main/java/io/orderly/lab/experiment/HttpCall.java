package io.orderly.lab.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to the order-service, as given in an experiment file.
 *
 * @param path absolute; {@code {sku}} stands for the SKU of a product
 */
public record HttpCall(Method method, String path) {

    private static final Pattern SYNTAX = Pattern.compile("(GET|POST) (/[A-Za-z0-9/{}?=&_-]*)");

    /** The methods that experiments use. */
    public enum Method {
        GET,
        POST
    }

    /** Not for files, which state a request as text. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED)
    public HttpCall {}

    /** @throws IllegalArgumentException if the text is not a request */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static HttpCall parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("should be a request such as POST /orders");
        }
        return new HttpCall(Method.valueOf(matcher.group(1)), matcher.group(2));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
