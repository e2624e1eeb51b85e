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
 * Finds everything that is wrong with a body. Jackson stops at the first error, and constraints are checked on a body that was
 * read as a whole only; so a body that was refused is read again here, part by part.
 */
final class BodyErrorCollector {

    /** More than a client will read; the rest shows when these are mended. */
    private static final int MAX_ERRORS = 100;

    private final JsonMapper json;
    private final Validator validator;
    private final List<FieldError> errors = new ArrayList<>();

    private BodyErrorCollector(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** @return what is wrong with each field; empty if the body as a whole is no value of this type */
    static List<FieldError> of(JsonNode body, JavaType type, JsonMapper json, Validator validator) {
        var diagnosis = new BodyErrorCollector(json, validator);
        diagnosis.examine("", body, type);
        return diagnosis.errors.stream().limit(MAX_ERRORS).toList();
    }

    /** @return the value, or null if there is something wrong with it */
    private @Nullable Object examine(String path, JsonNode node, JavaType type) {
        int before = errors.size();
        Optional<JavaType> kind = kindOf(node, type);
        if (node instanceof ObjectNode object && kind.isPresent()) {
            examineParts(path, object, kind.get());
        } else if (node instanceof ArrayNode array && type.isCollectionLikeType()) {
            for (int i = 0; i < array.size() && errors.size() < MAX_ERRORS; i++) {
                examineElement(path + "[" + i + "]", array.get(i), type.getContentType());
            }
        }
        return errors.size() == before ? read(path, node, type) : null;
    }

    /** The record whose components are the fields of this node; empty if they are not known. */
    private Optional<JavaType> kindOf(JsonNode node, JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw.isRecord() && !ErrorDetails.isSingleValue(raw)) {
            return Optional.of(type);
        }
        JsonTypeInfo info = raw.getAnnotation(JsonTypeInfo.class);
        JsonSubTypes kinds = raw.getAnnotation(JsonSubTypes.class);
        if (info == null || kinds == null) {
            return Optional.empty();
        }
        String name = node.path(info.property()).asString("");
        return Arrays.stream(kinds.value())
                .filter(each -> each.name().equals(name))
                .<JavaType>map(each -> json.constructType(each.value()))
                .findFirst();
    }

    private void examineParts(String path, ObjectNode object, JavaType type) {
        Executable creator = creatorOf(type.getRawClass());
        Parameter[] parts = creator.getParameters();
        Set<String> unknown = new TreeSet<>(object.propertyNames());
        typeProperty(type.getRawClass()).forEach(unknown::remove);
        for (int i = 0; i < parts.length; i++) {
            String name = parts[i].getName();
            unknown.remove(name);
            String at = path.isEmpty() ? name : path + "." + name;
            JsonNode value = object.path(name);
            if (value.isMissingNode() || value.isNull()) {
                if (StrictJson.isNonNull(creator, i)) {
                    errors.add(new FieldError(at, "is missing"));
                }
            } else {
                examinePart(at, value, json.constructType(parts[i].getParameterizedType()), type.getRawClass(), name);
            }
        }
        unknown.forEach(
                name -> errors.add(new FieldError(path.isEmpty() ? name : path + "." + name, JsonProblems.UNKNOWN)));
    }

    private void examinePart(String path, JsonNode node, JavaType type, Class<?> owner, String name) {
        Object value = examine(path, node, type);
        if (value != null
                && Arrays.stream(owner.getRecordComponents())
                        .anyMatch(c -> c.getName().equals(name))) {
            validator.validateValue(owner, name, value).stream()
                    .map(violation -> new FieldError(path, violation.getMessage()))
                    .forEach(errors::add);
        }
    }

    private void examineElement(String path, JsonNode node, JavaType type) {
        if (node.isNull()) {
            errors.add(new FieldError(path, "is missing"));
        } else {
            examine(path, node, type);
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

    /** What Jackson makes a record with: the factory that is marked as such, or its canonical constructor. */
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
            throw new IllegalStateException("every record has a canonical constructor", e);
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
