package io.orderly.contracts;

import static java.util.Objects.requireNonNull;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schemas, read from the class path. */
final class Schemas {

    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> COMPILED = new ConcurrentHashMap<>();

    private Schemas() {}

    /** @param name without {@code .json} */
    static JsonNode read(String name) {
        try (InputStream file = Schemas.class.getResourceAsStream("/schemas/" + name + ".json")) {
            return JSON.readTree(requireNonNull(file, () -> "no schema " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The violations of the type's schema by the message, including formats. */
    static List<Error> errors(MessageType<?> type, JsonNode message) {
        return COMPILED.computeIfAbsent(
                        type.name(),
                        name -> REGISTRY.getSchema(SchemaLocation.of("classpath:schemas/" + name + ".json")))
                .validate(
                        message,
                        execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
