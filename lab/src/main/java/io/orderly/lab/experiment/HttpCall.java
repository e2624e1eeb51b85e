package io.orderly.lab.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.orderly.stack.Topology;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to a service, as given in an experiment file.
 *
 * @param service the name of the service
 * @param path absolute; {@code {sku}} stands for the SKU of a product
 */
public record HttpCall(Method method, String service, String path) {

    private static final Pattern SYNTAX = Pattern.compile("(GET|POST) ([a-z-]*)(/[A-Za-z0-9/{}?=&_-]*)");

    /** The methods that experiments use. */
    public enum Method {
        GET,
        POST
    }

    /** Not for files, which state a request as text. */
    @JsonCreator(mode = JsonCreator.Mode.DISABLED)
    public HttpCall {}

    /** A request to the order-service. */
    public HttpCall(Method method, String path) {
        this(method, Topology.ORDER, path);
    }

    /** @throws IllegalArgumentException if the text is not a request */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static HttpCall parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("should be a request such as POST /orders");
        }
        String service = matcher.group(2);
        return new HttpCall(
                Method.valueOf(matcher.group(1)), service.isEmpty() ? Topology.ORDER : service, matcher.group(3));
    }

    @Override
    public String toString() {
        return method + " " + (service.equals(Topology.ORDER) ? path : service + path);
    }
}
