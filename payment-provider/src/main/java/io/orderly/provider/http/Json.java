package io.orderly.provider.http;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import io.orderly.http.TargetViolation;
import io.orderly.provider.faults.InvalidSettingException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/** The JSON format of the API: strict parsing, amounts as strings, no null values. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .withConfigOverride(
                    BigDecimal.class, amount -> amount.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
            .changeDefaultPropertyInclusion(
                    _ -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /** The JSON type that is expected for a Java type, for error messages. */
    private static final Map<Class<?>, String> KINDS = Map.of(
            String.class, "a string",
            boolean.class, "true or false",
            double.class, "a number",
            int.class, "a whole number of 32 bits",
            long.class, "a whole number of 64 bits",
            Map.class, "an object of strings");

    private Json() {}

    static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Reads a JSON object. Missing fields are reported before unknown fields, because a misspelled field is both.
     *
     * @param defaults the values of fields that are absent or null in the body
     * @throws ProblemException 400 that names the field, or 422 for a value that is out of range
     */
    static <T extends Record> T read(byte[] body, Class<T> type, Object defaults) {
        var object = readObject(body);
        ObjectNode complete = MAPPER.valueToTree(defaults);
        object.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> complete.set(field.getKey(), field.getValue()));
        T value;
        try {
            value = MAPPER.treeToValue(complete, type);
        } catch (JacksonException e) {
            throw problem(e, type);
        }
        var known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw ProblemException.malformed(TargetViolation.shown(name), "is unknown, known are " + known);
            }
        }
        return value;
    }

    private static ObjectNode readObject(byte[] body) {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            // Only the position is reported, because the parser's message may quote the input at any length.
            var where = e.getLocation() instanceof TokenStreamLocation location
                    ? ", see line %d, column %d".formatted(location.getLineNr(), location.getColumnNr())
                    : "";
            throw new ProblemException(400, "Malformed request", "The body is not valid JSON" + where, null);
        }
        throw new ProblemException(400, "Malformed request", "The body must be a JSON object", null);
    }

    private static ProblemException problem(JacksonException e, Class<? extends Record> type) {
        return switch (e.getCause()) {
            case ProblemException refusal -> refusal;
            case InvalidSettingException setting ->
                ProblemException.unacceptable(setting.field(), setting.getMessage());
            case null, default -> mismatch(e.getPath().getFirst().getPropertyName(), type);
        };
    }

    private static ProblemException mismatch(String field, Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equals(field))
                .map(component -> ProblemException.malformed(field, "must be " + KINDS.get(component.getType())))
                .findAny()
                .orElseThrow();
    }
}
