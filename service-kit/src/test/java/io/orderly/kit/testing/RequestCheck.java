package io.orderly.kit.testing;

import io.orderly.kit.testing.OpenApiDescription.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** Checks that an accepted request conforms to the OpenAPI description. */
final class RequestCheck {

    private final OpenApiDescription description;
    private final Match match;
    private final Exchange exchange;

    RequestCheck(OpenApiDescription description, Match match, Exchange exchange) {
        this.description = description;
        this.match = match;
        this.exchange = exchange;
    }

    List<String> violations() {
        List<String> violations = new ArrayList<>();
        List<JsonNode> parameters = match.operation()
                .path("parameters")
                .valueStream()
                .map(description::resolve)
                .toList();
        parameters.forEach(parameter -> violations.addAll(parameter(parameter)));
        exchange.queryParameters().keySet().stream()
                .filter(name -> parameters.stream().noneMatch(parameter -> isNamed(parameter, "query", name)))
                .forEach(name -> violations.add("query parameter " + name + " is not described"));
        violations.addAll(body());
        return violations;
    }

    private static boolean isNamed(JsonNode parameter, String in, String name) {
        return parameter.path("in").asString().equals(in)
                && parameter.path("name").asString().equals(name);
    }

    private List<String> parameter(JsonNode parameter) {
        String name = parameter.path("name").asString();
        String in = parameter.path("in").asString();
        List<String> values = valuesOf(in, name);
        if (values.isEmpty()) {
            return parameter.path("required").asBoolean(false)
                    ? List.of("%s parameter %s is missing".formatted(in, name))
                    : List.of();
        }
        return values.stream()
                .flatMap(value ->
                        description
                                .text("%s parameter %s".formatted(in, name), parameter.path("schema"), value)
                                .stream())
                .toList();
    }

    private List<String> valuesOf(String in, String name) {
        return switch (in) {
            case "path" ->
                Optional.ofNullable(match.variables().get(name)).stream().toList();
            case "query" -> exchange.queryParameters().getOrDefault(name, List.of());
            case "header" -> exchange.requestHeaders().getOrEmpty(name);
            default -> throw new IllegalStateException("a parameter in " + in);
        };
    }

    private List<String> body() {
        JsonNode described = description.resolve(match.operation().path("requestBody"));
        byte[] body = exchange.requestBody();
        if (!described.isObject()) {
            return body.length == 0 ? List.of() : List.of("a body of the request is not described");
        }
        if (body.length == 0) {
            return described.path("required").asBoolean(false) ? List.of("the request's body is missing") : List.of();
        }
        String type = exchange.requestHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        Optional<JsonNode> schema = OpenApiDescription.schemaFor(described.path("content"), type);
        if (schema.isEmpty()) {
            return List.of("media type " + type + " of the request is not described");
        }
        return OpenApiDescription.isJson(type) ? description.json("request", schema.get(), body) : List.of();
    }
}
