package io.orderly.kit.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI description against which requests and responses are checked. The check is strict: everything that is not
 * described is a violation, including unknown properties.
 */
public final class OpenApiDescription {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA_OF_SCHEMAS =
            REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    /** Statuses with which a request may be refused before its operation is known. */
    private static final List<Integer> STATUSES_OF_ANY_OPERATION = List.of(400, 408, 413, 415, 503);

    /** Headers that clients need. Other headers are general to HTTP. */
    private static final List<String> HEADERS_TO_DECLARE = List.of(HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER);

    private static final String DECLARED_PREFIX = "ce-";
    private static final String PROBLEM = "application/problem+json";

    private final String text;
    private final JsonNode document;
    private final List<PathPattern> paths;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    /** @param text the description as served */
    public OpenApiDescription(String text) {
        this.text = text;
        this.document = JSON.readTree(text);
        this.paths = document.path("paths").propertyNames().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .sorted(PathPattern.SPECIFICITY_COMPARATOR)
                .toList();
    }

    /** The violations of OpenAPI 3.1 and JSON Schema in the description itself. */
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        if (!document.path("openapi").asString("").startsWith("3.1.")) {
            violations.add("it does not have version 3.1");
        }
        ParseOptions options = new ParseOptions();
        options.setValidateInternalRefs(true);
        Optional.ofNullable(
                        new OpenAPIV3Parser().readContents(text, null, options).getMessages())
                .ifPresent(violations::addAll);
        document.at("/components/schemas")
                .properties()
                .forEach(named -> SCHEMA_OF_SCHEMAS
                        .validate(named.getValue())
                        .forEach(error -> violations.add("schema " + named.getKey() + ": " + error)));
        references(document)
                .filter(reference -> document.at(reference.substring(1)).isMissingNode())
                .forEach(reference -> violations.add(reference + " refers to nothing"));
        return violations;
    }

    /** The violations of the description by an exchange. */
    List<String> violations(Exchange exchange) {
        Optional<Match> match = match(exchange);
        if (match.isEmpty()) {
            return undescribed(exchange);
        }
        List<String> violations = new ArrayList<>(response(match.get(), exchange));
        if (exchange.succeeded()) {
            violations.addAll(new RequestCheck(this, match.get(), exchange).violations());
        }
        return violations;
    }

    /** An operation of the description, and the values of its path variables. */
    record Match(JsonNode operation, Map<String, String> variables) {}

    /** Empty also for a path that cannot be decoded, which must be refused. */
    private Optional<Match> match(Exchange exchange) {
        PathContainer path;
        try {
            path = PathContainer.parsePath(exchange.path());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        String method =
                exchange.method().equals("HEAD") ? "get" : exchange.method().toLowerCase(Locale.ROOT);
        return paths.stream()
                .filter(pattern -> pattern.matches(path))
                .filter(pattern -> operation(pattern, method).isObject())
                .findFirst()
                .map(pattern -> new Match(
                        operation(pattern, method),
                        pattern.matchAndExtract(path).getUriVariables()));
    }

    private JsonNode operation(PathPattern pattern, String method) {
        return document.path("paths").path(pattern.getPatternString()).path(method);
    }

    private List<String> undescribed(Exchange exchange) {
        if (exchange.succeeded()) {
            return exchange.method().equals("OPTIONS") ? List.of() : List.of("no operation describes it");
        }
        return problem(exchange);
    }

    private List<String> problem(Exchange exchange) {
        return PROBLEM.equals(exchange.contentType())
                ? problem(exchange.status(), exchange.body())
                : List.of("an error must be " + PROBLEM);
    }

    /** The violations of a body that must be the problem detail of a status. */
    public List<String> problem(int status, byte[] body) {
        List<String> violations = new ArrayList<>(json("body", document.at("/components/schemas/Problem"), body));
        if (violations.isEmpty() && JSON.readTree(body).path("status").asInt() != status) {
            violations.add("the problem has another status");
        }
        return violations;
    }

    private List<String> response(Match match, Exchange exchange) {
        JsonNode response = resolve(match.operation().path("responses").path(Integer.toString(exchange.status())));
        if (!response.isObject()) {
            return STATUSES_OF_ANY_OPERATION.contains(exchange.status())
                    ? problem(exchange)
                    : List.of("status " + exchange.status() + " is not described");
        }
        return Stream.concat(body(response, exchange).stream(), headers(response, exchange).stream())
                .toList();
    }

    private List<String> body(JsonNode response, Exchange exchange) {
        JsonNode content = response.path("content");
        boolean bodiless = exchange.method().equals("HEAD") || exchange.status() == 304;
        if (content.isEmpty() || bodiless) {
            return exchange.body().length == 0 ? List.of() : List.of("a body is not described");
        }
        Optional<JsonNode> schema = schemaFor(content, exchange.contentType());
        if (schema.isEmpty()) {
            return List.of("media type " + exchange.contentType() + " is not described");
        }
        if (!isJson(exchange.contentType())) {
            return List.of();
        }
        return exchange.contentType().startsWith(PROBLEM)
                ? problem(exchange)
                : json("body", schema.get(), exchange.body());
    }

    private List<String> headers(JsonNode response, Exchange exchange) {
        JsonNode declared = response.path("headers");
        List<String> violations = new ArrayList<>();
        exchange.headers().headerNames().stream()
                .filter(name -> HEADERS_TO_DECLARE.stream().anyMatch(name::equalsIgnoreCase)
                        || name.toLowerCase(Locale.ROOT).startsWith(DECLARED_PREFIX))
                .filter(name -> declared.propertyNames().stream().noneMatch(name::equalsIgnoreCase))
                .forEach(name -> violations.add("header " + name + " is not described"));
        declared.properties().forEach(header -> {
            String value = exchange.headers().getFirst(header.getKey());
            JsonNode description = resolve(header.getValue());
            if (value != null) {
                violations.addAll(text("header " + header.getKey(), description.path("schema"), value));
            } else if (description.path("required").asBoolean(false)) {
                violations.add("header " + header.getKey() + " is missing");
            }
        });
        return violations;
    }

    /** The schema of the content with a media type, ignoring the parameters of the type. */
    static Optional<JsonNode> schemaFor(JsonNode content, @Nullable String contentType) {
        if (contentType == null) {
            return Optional.empty();
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return content.properties().stream()
                    .filter(described ->
                            MediaType.parseMediaType(described.getKey()).equalsTypeAndSubtype(type))
                    .findFirst()
                    .map(described -> described.getValue().path("schema"));
        } catch (InvalidMediaTypeException _) {
            return Optional.empty();
        }
    }

    static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().endsWith("json");
    }

    JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    /** The violations of a schema by JSON text. */
    List<String> json(String what, JsonNode schema, byte[] text) {
        try {
            return validate(what, schema, JSON.readTree(text));
        } catch (JacksonException _) {
            return List.of(what + " is not JSON: " + new String(text, UTF_8));
        }
    }

    /** The violations of a schema by the text of a parameter or header. */
    List<String> text(String what, JsonNode schema, String value) {
        List<String> asText = validate(what, schema, JSON.getNodeFactory().stringNode(value));
        if (asText.isEmpty()) {
            return asText;
        }
        try {
            return validate(what, schema, JSON.readTree(value)).isEmpty() ? List.of() : asText;
        } catch (JacksonException _) {
            return asText;
        }
    }

    private List<String> validate(String what, JsonNode schema, JsonNode value) {
        List<Error> errors = schemas.computeIfAbsent(schema, this::compile)
                .validate(value, run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)));
        return errors.stream()
                .map(error -> what + error.getInstanceLocation() + ": " + error.getMessage())
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** Adds the components to which the schema may refer, and disallows additional properties. */
    private Schema compile(JsonNode schema) {
        if (!schema.isObject()) {
            throw new IllegalArgumentException("there is no schema");
        }
        ObjectNode closed = ((ObjectNode) schema).deepCopy();
        closed.set("components", document.path("components").deepCopy());
        close(closed);
        return REGISTRY.getSchema(closed);
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && object.path("type").isString()
                && !object.has("additionalProperties")) {
            object.put(object.has("allOf") ? "unevaluatedProperties" : "additionalProperties", false);
        }
        node.forEach(OpenApiDescription::close);
    }

    private static Stream<String> references(JsonNode node) {
        Stream<String> own =
                node.path("$ref").isString() ? Stream.of(node.path("$ref").asString()) : Stream.empty();
        return Stream.concat(own, node.valueStream().flatMap(OpenApiDescription::references));
    }
}
