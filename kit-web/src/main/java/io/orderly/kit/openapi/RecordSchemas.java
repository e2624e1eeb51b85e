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
 * Reads from a record what its JSON looks like. A component is always there unless it is {@code @Nullable}; one that is may be
 * {@code null}, or is left out if the record says so with {@link JsonInclude}. A record that stands for a single value is
 * described as that value.
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
            refuseNamesake(raw);
            describe(raw, defined);
        }
        return schema;
    }

    /** Decimal numbers are strings, so that no reader makes a binary fraction of one. */
    private static Schema<?> decimal() {
        JsonSchema schema = new JsonSchema();
        schema.addType("string");
        schema.setPattern("^-?[0-9]+(\\.[0-9]+)?$");
        return schema;
    }

    /** Two records of one name would be one schema, and one of them would be described wrongly. */
    private void refuseNamesake(Class<?> type) {
        Class<?> other = described.putIfAbsent(type.getSimpleName(), type);
        if (other != null && other != type) {
            throw new IllegalStateException("one schema for " + other.getName() + " and " + type.getName());
        }
    }

    private static void describe(Class<?> type, Schema<?> schema) {
        Map<String, Schema<?>> properties = propertiesOf(schema);
        RecordComponent[] components = type.getRecordComponents();
        List<String> required = new ArrayList<>(requiredBesides(components, schema));
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

    /** Such as the property that names the kind of a sealed type. */
    private static List<String> requiredBesides(RecordComponent[] components, Schema<?> schema) {
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
        boolean alreadySo = schema.getAnyOf() != null
                && schema.getAnyOf().stream()
                        .anyMatch(each ->
                                each.getTypes() != null && each.getTypes().contains("null"));
        if (alreadySo) {
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
            throw new IllegalStateException("a record without its constructor: " + type, e);
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

    /** The type of the value that a record stands for. */
    private static Optional<Type> valueOf(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonValue.class))
                .findFirst()
                .map(Method::getGenericReturnType);
    }
}
