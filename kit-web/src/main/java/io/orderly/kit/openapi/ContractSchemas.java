package io.orderly.kit.openapi;

import io.orderly.contracts.Message;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Describes the value types of messages, such as money and SKUs, by the schemas that are published for messages. Their JSON
 * is the same over HTTP.
 *
 * <p>Patterns with Unicode categories are omitted and only explained in the descriptions: responses may have values that
 * were accepted under an older rule, and the regular expressions of some languages do not support categories.
 */
final class ContractSchemas implements ModelConverter {

    private static final String FILE = "/schemas/definitions.json";
    private static final Pattern REFERENCE = Pattern.compile("\"(?:definitions\\.json)?#/\\$defs/([A-Za-z]+)\"");
    private static final Pattern PATTERN_OF_CATEGORIES = Pattern.compile(",\"pattern\":\"[^\"]*\\\\p\\{[^\"]*\"");
    private static final String COMPONENTS = "#/components/schemas/";

    private final JsonNode definitions = read();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
        if (raw.getPackage() == Message.class.getPackage() && definitions.has(raw.getSimpleName())) {
            define(raw.getSimpleName(), context);
            return new JsonSchema().$ref(COMPONENTS + raw.getSimpleName());
        }
        return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }

    /** Defines the schema and the schemas to which it refers. */
    private void define(String name, ModelConverterContext context) {
        if (context.getDefinedModels().containsKey(name)) {
            return;
        }
        String json =
                PATTERN_OF_CATEGORIES.matcher(definitions.get(name).toString()).replaceAll("");
        context.defineModel(name, schema(REFERENCE.matcher(json).replaceAll("\"" + COMPONENTS + "$1\"")));
        referencesIn(json).forEach(referred -> define(referred, context));
    }

    private static Stream<String> referencesIn(String json) {
        return REFERENCE.matcher(json).results().map(match -> match.group(1));
    }

    private static Schema<?> schema(String json) {
        try {
            return Json31.mapper().readValue(json, JsonSchema.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read() {
        try (InputStream file = Message.class.getResourceAsStream(FILE)) {
            return JsonMapper.shared()
                    .readTree(Objects.requireNonNull(file, FILE))
                    .get("$defs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
