package io.orderly.kit.openapi;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes a sealed type as exactly one of its subtypes, with a discriminator property that each subtype has. By default,
 * the subtypes would refer to the sealed type, which refers to its subtypes.
 */
final class SealedTypeSchemas implements ModelConverter {

    private static final String COMPONENTS = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
        if (raw.isSealed() && raw.isAnnotationPresent(JsonSubTypes.class)) {
            return oneOfSubtypes(raw, context);
        }
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        sealedTypeOf(raw).ifPresent(sealedType -> addDiscriminator(raw, sealedType, context));
        return schema;
    }

    private static Schema<?> oneOfSubtypes(Class<?> sealedType, ModelConverterContext context) {
        String name = sealedType.getSimpleName();
        if (!context.getDefinedModels().containsKey(name)) {
            Discriminator discriminator = new Discriminator().propertyName(propertyOf(sealedType));
            JsonSchema schema = new JsonSchema();
            schema.setDiscriminator(discriminator);
            context.defineModel(name, schema);
            for (JsonSubTypes.Type subtype :
                    sealedType.getAnnotation(JsonSubTypes.class).value()) {
                context.resolve(new AnnotatedType(subtype.value()).resolveAsRef(true));
                String reference = COMPONENTS + subtype.value().getSimpleName();
                schema.addOneOfItem(new JsonSchema().$ref(reference));
                discriminator.mapping(subtype.name(), reference);
            }
        }
        return new JsonSchema().$ref(COMPONENTS + name);
    }

    /** Gives a subtype the discriminator property and its own properties only. */
    private static void addDiscriminator(Class<?> subtype, Class<?> sealedType, ModelConverterContext context) {
        Schema<?> defined = context.getDefinedModels().get(subtype.getSimpleName());
        String property = propertyOf(sealedType);
        if (defined == null
                || defined.getProperties() != null && defined.getProperties().containsKey(property)) {
            return;
        }
        JsonSchema schema = new JsonSchema();
        schema.addType("object");
        JsonSchema constant = new JsonSchema();
        constant.addType("string");
        constant.setConst(nameOf(subtype, sealedType));
        schema.addProperty(property, constant);
        List<String> required = new ArrayList<>(List.of(property));
        for (Schema<?> part : partsOf(defined)) {
            Objects.requireNonNullElse(part.getProperties(), Map.<String, Schema<?>>of())
                    .forEach((key, value) -> schema.addProperty(key, (Schema<?>) value));
            required.addAll(Objects.requireNonNullElse(part.getRequired(), List.of()));
        }
        schema.setRequired(required);
        context.defineModel(subtype.getSimpleName(), schema);
    }

    private static List<Schema<?>> partsOf(Schema<?> schema) {
        List<Schema<?>> parts = new ArrayList<>(List.of(schema));
        if (schema.getAllOf() != null) {
            schema.getAllOf().forEach(parts::add);
        }
        return parts;
    }

    private static Optional<Class<?>> sealedTypeOf(Class<?> subtype) {
        return List.of(subtype.getInterfaces()).stream()
                .filter(each -> each.isSealed() && each.isAnnotationPresent(JsonSubTypes.class))
                .<Class<?>>map(each -> each)
                .findFirst();
    }

    private static String propertyOf(Class<?> sealedType) {
        return sealedType.getAnnotation(JsonTypeInfo.class).property();
    }

    private static String nameOf(Class<?> subtype, Class<?> sealedType) {
        return List.of(sealedType.getAnnotation(JsonSubTypes.class).value()).stream()
                .filter(each -> each.value() == subtype)
                .map(JsonSubTypes.Type::name)
                .findFirst()
                .orElseThrow();
    }
}
