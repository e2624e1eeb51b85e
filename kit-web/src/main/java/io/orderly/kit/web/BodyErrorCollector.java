package io.orderly.kit.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.Validator;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds all errors of an invalid body. Jackson stops at the first error, and constraints are validated only on a body
 * without such errors; so an invalid body is parsed again here, field by field.
 */
final class BodyErrorCollector {

    /** More than a client will read; further errors are reported after these are fixed. */
    private static final int MAX_ERRORS = 100;

    private final JsonMapper json;
    private final Validator validator;
    private final List<FieldError> errors = new ArrayList<>();

    private BodyErrorCollector(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** @return the errors of the fields; empty if the body as a whole does not have this type */
    static List<FieldError> of(JsonNode body, JavaType type, JsonMapper json, Validator validator) {
        var collector = new BodyErrorCollector(json, validator);
        collector.check("", body, type);
        return collector.errors.stream().limit(MAX_ERRORS).toList();
    }

    /** @return the value, or null if it has errors */
    private @Nullable Object check(String path, JsonNode node, JavaType type) {
        int before = errors.size();
        Optional<JavaType> recordType = recordTypeOf(node, type);
        if (node instanceof ObjectNode object && recordType.isPresent()) {
            checkComponents(path, object, recordType.get());
        } else if (node instanceof ArrayNode array && type.isCollectionLikeType()) {
            for (int i = 0; i < array.size() && errors.size() < MAX_ERRORS; i++) {
                checkElement(path + "[" + i + "]", array.get(i), type.getContentType());
            }
        }
        return errors.size() == before ? read(path, node, type) : null;
    }

    /** The record type of this node, by its discriminator if the type is sealed; empty if unknown. */
    private Optional<JavaType> recordTypeOf(JsonNode node, JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw.isRecord() && !ErrorDetails.isSingleValue(raw)) {
            return Optional.of(type);
        }
        JsonTypeInfo info = raw.getAnnotation(JsonTypeInfo.class);
        JsonSubTypes subtypes = raw.getAnnotation(JsonSubTypes.class);
        if (info == null || subtypes == null) {
            return Optional.empty();
        }
        String name = node.path(info.property()).asString("");
        return Arrays.stream(subtypes.value())
                .filter(each -> each.name().equals(name))
                .<JavaType>map(each -> json.constructType(each.value()))
                .findFirst();
    }

    private void checkComponents(String path, ObjectNode object, JavaType type) {
        Executable creator = creatorOf(type.getRawClass());
        Parameter[] components = creator.getParameters();
        Set<String> unknown = new TreeSet<>(object.propertyNames());
        typeProperty(type.getRawClass()).forEach(unknown::remove);
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            unknown.remove(name);
            String at = path.isEmpty() ? name : path + "." + name;
            JsonNode value = object.path(name);
            if (value.isMissingNode() || value.isNull()) {
                if (StrictJson.isNonNull(creator, i)) {
                    errors.add(new FieldError(at, "is missing"));
                }
            } else {
                checkComponent(
                        at, value, json.constructType(components[i].getParameterizedType()), type.getRawClass(), name);
            }
        }
        unknown.forEach(
                name -> errors.add(new FieldError(path.isEmpty() ? name : path + "." + name, JsonProblems.UNKNOWN)));
    }

    private void checkComponent(String path, JsonNode node, JavaType type, Class<?> owner, String name) {
        Object value = check(path, node, type);
        if (value != null
                && Arrays.stream(owner.getRecordComponents())
                        .anyMatch(c -> c.getName().equals(name))) {
            validator.validateValue(owner, name, value).stream()
                    .map(violation -> new FieldError(path, violation.getMessage()))
                    .forEach(errors::add);
        }
    }

    private void checkElement(String path, JsonNode node, JavaType type) {
        if (node.isNull()) {
            errors.add(new FieldError(path, "is missing"));
        } else {
            check(path, node, type);
        }
    }

    private @Nullable Object read(String path, JsonNode node, JavaType type) {
        try {
            return json.treeToValue(node, type);
        } catch (JacksonException e) {
            errors.addAll(JsonProblems.errors(path, e));
            return null;
        }
    }

    /** The method with which Jackson creates a record: the annotated factory, or the canonical constructor. */
    private static Executable creatorOf(Class<?> type) {
        return Stream.<Executable>of(type.getDeclaredMethods())
                .filter(method ->
                        Modifier.isStatic(method.getModifiers()) && method.isAnnotationPresent(JsonCreator.class))
                .findFirst()
                .orElseGet(() -> canonicalConstructor(type));
    }

    private static Executable canonicalConstructor(Class<?> type) {
        Class<?>[] components = Arrays.stream(type.getRecordComponents())
                .map(component -> component.getType())
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(components);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record has a canonical constructor", e);
        }
    }

    private static Set<String> typeProperty(Class<?> type) {
        return Arrays.stream(type.getInterfaces())
                .map(parent -> parent.getAnnotation(JsonTypeInfo.class))
                .filter(info -> info != null)
                .map(JsonTypeInfo::property)
                .collect(Collectors.toSet());
    }
}
