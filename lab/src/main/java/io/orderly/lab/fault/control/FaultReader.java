package io.orderly.lab.fault.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.orderly.lab.fault.Fault;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/** Parses faults. Error messages use the field names of the JSON representation. */
public final class FaultReader {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private FaultReader() {}

    /** A fault, or the reason why it is invalid. */
    public sealed interface Reading {

        record Read(Fault fault) implements Reading {}

        /**
         * @param field the invalid field
         * @param problem a phrase that continues after the field's name
         */
        record Invalid(String field, String problem) implements Reading {}
    }

    /** Parses JSON. */
    static JsonNode parse(byte[] text) {
        return STRICT.readTree(text);
    }

    /** @param json an object with the field {@code fault} and the fields of that fault; numbers must not be strings */
    public static Reading read(JsonNode json) {
        if (!json.isObject()) {
            return invalid("the body", "must be a JSON object");
        }
        try {
            Class<?> kind = kindOf(json.path("fault").asString(""));
            if (kind == null) {
                return invalid("fault", "must be one of " + String.join(", ", kinds()));
            }
            for (RecordComponent component : kind.getRecordComponents()) {
                boolean absent = json.path(component.getName()).isNull() || !json.has(component.getName());
                if (absent && isRequired(component)) {
                    return invalid(component.getName(), "is missing");
                }
            }
            return new Reading.Read(STRICT.treeToValue(json, Fault.class));
        } catch (UnrecognizedPropertyException e) {
            return invalid(e.getPropertyName(), "is not a known field");
        } catch (ValueInstantiationException e) {
            String[] sentence = String.valueOf(
                            e.getCause() == null ? e : e.getCause().getMessage())
                    .split(" ", 2);
            return invalid(sentence[0], sentence.length == 2 ? sentence[1] : "is not valid");
        } catch (JacksonException e) {
            String field = e.getPath().stream()
                    .map(JacksonException.Reference::getPropertyName)
                    .collect(Collectors.joining("."));
            return invalid(field.isEmpty() ? "body" : field, "has an unexpected type");
        }
    }

    private static Reading invalid(String field, String detail) {
        return new Reading.Invalid(field, detail);
    }

    private static boolean isRequired(RecordComponent component) {
        return component.getType().isPrimitive()
                || !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Class<?> kindOf(String name) {
        return types().filter(type -> type.name().equals(name))
                .findAny()
                .<Class<?>>map(JsonSubTypes.Type::value)
                .orElse(null);
    }

    static List<String> kinds() {
        return types().map(JsonSubTypes.Type::name).toList();
    }

    private static Stream<JsonSubTypes.Type> types() {
        return Arrays.stream(Fault.class.getAnnotation(JsonSubTypes.class).value());
    }
}
