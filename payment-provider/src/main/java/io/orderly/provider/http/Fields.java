package io.orderly.provider.http;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of a JSON object one by one and remembers which were asked for, so that a misspelt one is noticed.
 * What is missing or of the wrong type is a {@link Problem} that names the field.
 */
final class Fields {

    private final ObjectNode object;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(ObjectNode object) {
        this.object = object;
    }

    static Fields of(byte[] body) {
        return new Fields(Json.readObject(body));
    }

    /** A required string of 1 to {@code maxLength} readable characters. */
    String text(String name, int maxLength) {
        var value = value(name);
        if (value == null) {
            throw Problem.malformed(name, "is missing");
        }
        if (!value.isString()) {
            throw Problem.malformed(name, "must be a string");
        }
        return Text.readable(name, value.stringValue(), maxLength);
    }

    boolean flag(String name, boolean otherwise) {
        var value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw Problem.malformed(name, "must be true or false");
        }
        return value.booleanValue();
    }

    int integer(String name, int otherwise) {
        var value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw Problem.malformed(name, "must be a whole number");
        }
        return value.intValue();
    }

    long number(String name, long otherwise) {
        var value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw Problem.malformed(name, "must be a whole number of 64 bits");
        }
        return value.longValue();
    }

    double rate(String name, double otherwise) {
        var value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw Problem.malformed(name, "must be a number");
        }
        // NaN stands for what no double can hold: no rate either.
        return value.asDouble(Double.NaN);
    }

    /** An object whose values are strings. */
    Map<String, String> texts(String name, Map<String, String> otherwise, int maxLength) {
        var value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof ObjectNode entries)) {
            throw Problem.malformed(name, "must be an object of strings");
        }
        var texts = new LinkedHashMap<String, String>();
        for (var entry : entries.properties()) {
            if (!entry.getValue().isString()) {
                throw Problem.malformed(name, "must be an object of strings");
            }
            texts.put(
                    Text.readable(name, entry.getKey(), maxLength),
                    Text.readable(name, entry.getValue().stringValue(), maxLength));
        }
        return texts;
    }

    /** To be called last. */
    void nothingElse() {
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                var shown = Text.shortened(name);
                throw new Problem(
                        400, "Malformed request", "%s is not known here, only %s".formatted(shown, known), shown);
            }
        }
    }

    private @Nullable JsonNode value(String name) {
        known.add(name);
        var value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
