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
 * Describes a type with named kinds as exactly one of them, told apart by a property that each kind has. By default, every
 * kind would refer to the type, which refers to its kinds.
 */
final class SealedTypeSchemas implements ModelConverter {

    private static final String COMPONENTS = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
        if (raw.isSealed() && raw.isAnnotationPresent(JsonSubTypes.class)) {
            return oneOfItsKinds(raw, context);
        }
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        familyOf(raw).ifPresent(family -> name(raw, family, context));
        return schema;
    }

    private static Schema<?> oneOfItsKinds(Class<?> family, ModelConverterContext context) {
        String name = family.getSimpleName();
        if (!context.getDefinedModels().containsKey(name)) {
            Discriminator discriminator = new Discriminator().propertyName(propertyOf(family));
            JsonSchema schema = new JsonSchema();
            schema.setDiscriminator(discriminator);
            context.defineModel(name, schema);
            for (JsonSubTypes.Type kind :
                    family.getAnnotation(JsonSubTypes.class).value()) {
                context.resolve(new AnnotatedType(kind.value()).resolveAsRef(true));
                String reference = COMPONENTS + kind.value().getSimpleName();
                schema.addOneOfItem(new JsonSchema().$ref(reference));
                discriminator.mapping(kind.name(), reference);
            }
        }
        return new JsonSchema().$ref(COMPONENTS + name);
    }

    /** Gives a kind the property that names it, and only its own properties besides. */
    private static void name(Class<?> kind, Class<?> family, ModelConverterContext context) {
        Schema<?> defined = context.getDefinedModels().get(kind.getSimpleName());
        String property = propertyOf(family);
        if (defined == null
                || defined.getProperties() != null && defined.getProperties().containsKey(property)) {
            return;
        }
        JsonSchema schema = new JsonSchema();
        schema.addType("object");
        JsonSchema constant = new JsonSchema();
        constant.addType("string");
        constant.setConst(nameOf(kind, family));
        schema.addProperty(property, constant);
        List<String> required = new ArrayList<>(List.of(property));
        for (Schema<?> part : partsOf(defined)) {
            Objects.requireNonNullElse(part.getProperties(), Map.<String, Schema<?>>of())
                    .forEach((key, value) -> schema.addProperty(key, (Schema<?>) value));
            required.addAll(Objects.requireNonNullElse(part.getRequired(), List.of()));
        }
        schema.setRequired(required);
        context.defineModel(kind.getSimpleName(), schema);
    }

    private static List<Schema<?>> partsOf(Schema<?> schema) {
        List<Schema<?>> parts = new ArrayList<>(List.of(schema));
        if (schema.getAllOf() != null) {
            schema.getAllOf().forEach(parts::add);
        }
        return parts;
    }

    private static Optional<Class<?>> familyOf(Class<?> kind) {
        return List.of(kind.getInterfaces()).stream()
                .filter(each -> each.isSealed() && each.isAnnotationPresent(JsonSubTypes.class))
                .<Class<?>>map(each -> each)
                .findFirst();
    }

    private static String propertyOf(Class<?> family) {
        return family.getAnnotation(JsonTypeInfo.class).property();
    }

    private static String nameOf(Class<?> kind, Class<?> family) {
        return List.of(family.getAnnotation(JsonSubTypes.class).value()).stream()
                .filter(each -> each.value() == kind)
                .map(JsonSubTypes.Type::name)
                .findFirst()
                .orElseThrow();
    }
}
