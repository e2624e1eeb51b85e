package io.orderly.kit.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.Nullness;
import tools.jackson.databind.JsonNode;

/**
 * Derives the schema of a record from its components. A component is required unless it is {@code @Nullable}; a nullable
 * component may be {@code null}, or absent if the record has {@link JsonInclude}. A record that wraps a single value has the
 * schema of that value.
 */
final class RecordSchemas implements ModelConverter {

    private final Map<String, Class<?>> described = new ConcurrentHashMap<>();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
        if (JsonNode.class.isAssignableFrom(raw)) {
            return new JsonSchema();
        }
        if (raw == BigDecimal.class) {
            return decimal();
        }
        if (!raw.isRecord()) {
            return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        }
        Optional<Type> value = valueOf(raw);
        if (value.isPresent()) {
            return context.resolve(new AnnotatedType(value.get()).ctxAnnotations(type.getCtxAnnotations()));
        }
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Schema<?> defined = context.getDefinedModels().get(raw.getSimpleName());
        if (defined != null) {
            requireUniqueName(raw);
            describe(raw, defined);
        }
        return schema;
    }

    /** Decimal numbers are strings, so that clients do not parse them to binary floating point. */
    private static Schema<?> decimal() {
        JsonSchema schema = new JsonSchema();
        schema.addType("string");
        schema.setPattern("^-?[0-9]+(\\.[0-9]+)?$");
        return schema;
    }

    /** Two records with the same simple name would share a schema, which would be wrong for one of them. */
    private void requireUniqueName(Class<?> type) {
        Class<?> other = described.putIfAbsent(type.getSimpleName(), type);
        if (other != null && other != type) {
            throw new IllegalStateException(
                    "two types have the same schema name: " + other.getName() + " and " + type.getName());
        }
    }

    private static void describe(Class<?> type, Schema<?> schema) {
        Map<String, Schema<?>> properties = propertiesOf(schema);
        RecordComponent[] components = type.getRecordComponents();
        List<String> required = new ArrayList<>(otherRequired(components, schema));
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            Schema<?> property = properties.get(name);
            if (property == null) {
                continue;
            }
            JsonInclude.Include inclusion = inclusionOf(type, components[i]);
            if (isNullable(type, i)) {
                if (inclusion == JsonInclude.Include.ALWAYS) {
                    properties.put(name, orNull(property));
                }
            } else if (inclusion != JsonInclude.Include.NON_EMPTY || !mayBeEmpty(components[i].getType())) {
                required.add(name);
            }
        }
        schema.setRequired(required.isEmpty() ? null : required);
    }

    /** Other required properties, such as the discriminator of a sealed type. */
    private static List<String> otherRequired(RecordComponent[] components, Schema<?> schema) {
        List<String> names =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        return schema.getRequired() == null
                ? List.of()
                : schema.getRequired().stream()
                        .filter(name -> !names.contains(name))
                        .toList();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<String, Schema<?>> propertiesOf(Schema<?> schema) {
        Map properties = schema.getProperties();
        return properties == null ? Map.of() : properties;
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.getTypes() != null && schema.getEnum() == null) {
            schema.addType("null");
            return schema;
        }
        boolean alreadyNullable = schema.getAnyOf() != null
                && schema.getAnyOf().stream()
                        .anyMatch(each ->
                                each.getTypes() != null && each.getTypes().contains("null"));
        if (alreadyNullable) {
            return schema;
        }
        JsonSchema orNull = new JsonSchema();
        orNull.addAnyOfItem(schema);
        orNull.addAnyOfItem(new JsonSchema().typesItem("null"));
        return orNull;
    }

    private static boolean isNullable(Class<?> type, int component) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            return Nullness.forMethodParameter(MethodParameter.forExecutable(canonical, component))
                    == Nullness.NULLABLE;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("no canonical constructor: " + type, e);
        }
    }

    private static JsonInclude.Include inclusionOf(Class<?> type, RecordComponent component) {
        JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
        JsonInclude ofType = type.getAnnotation(JsonInclude.class);
        if (own != null) {
            return own.value();
        }
        return ofType == null ? JsonInclude.Include.ALWAYS : ofType.value();
    }

    private static boolean mayBeEmpty(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    /** The type of the value that a record wraps. */
    private static Optional<Type> valueOf(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonValue.class))
                .findFirst()
                .map(Method::getGenericReturnType);
    }
}
