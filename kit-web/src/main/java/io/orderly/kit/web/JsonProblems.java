package io.orderly.kit.web;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Converts Jackson's exceptions to problems for clients, with the field, the line and what was expected. */
final class JsonProblems {

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate Object property \"(.*)\".*", Pattern.DOTALL);

    static final String UNKNOWN = "is not a known field";

    private JsonProblems() {}

    static Problem of(JacksonException e) {
        return of("", e);
    }

    /** @param where the path of the parsed value in the body, as in {@link FieldError#field} */
    static List<FieldError> errors(String where, JacksonException e) {
        return of(where, e).errors();
    }

    private static Problem of(String where, JacksonException e) {
        String path = path(where, e.getPath());
        return switch (e) {
            case UnrecognizedPropertyException unknown -> at(path, UNKNOWN);
            case InvalidNullException absent -> at(path, "is missing");
            case StrictJson.UnstorableTextException text ->
                at(path, "must not contain NUL characters or unpaired surrogates");
            case InvalidTypeIdException subtype
            when subtype.getBaseType().getRawClass().isAnnotationPresent(JsonTypeInfo.class) ->
                unknownSubtype(path, subtype);
            case MismatchedInputException mismatch
            when path.isEmpty() ->
                malformed("The body must be one JSON value of the expected type, with nothing after it.");
            case MismatchedInputException mismatch
            when mismatch.getTargetType() != null -> at(path, ErrorDetails.expected(mismatch.getTargetType()));
            case ValueInstantiationException rejected -> rejected(path, rejected);
            case InputCoercionException range -> at(path, ErrorDetails.expected(range.getTargetType()));
            case StreamConstraintsException tooMuch ->
                malformed("The body is nested too deeply, or has too long a number, name or string.");
            case StreamReadException syntax -> syntax(path, syntax);
            default -> at(path, "is not valid");
        };
    }

    /** The path of a field, such as {@code lines[0].quantity}; empty for the body as a whole. */
    private static String path(String where, List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder(where);
        for (JacksonException.Reference reference : references) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.toString();
    }

    private static Problem unknownSubtype(String path, InvalidTypeIdException e) {
        Class<?> type = e.getBaseType().getRawClass();
        String field = type.getAnnotation(JsonTypeInfo.class).property();
        String subtypes = Arrays.stream(type.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.joining(", "));
        return at(path.isEmpty() || path.equals(field) ? field : path + "." + field, "must be one of " + subtypes);
    }

    private static Problem rejected(String path, ValueInstantiationException e) {
        List<FieldError> errors = Optional.ofNullable(e.getCause()).stream()
                .flatMap(ErrorDetails::messagesOf)
                .map(message -> rejection(path, message, e.getType().getRawClass()))
                .toList();
        if (errors.isEmpty()) {
            return at(path, "is not valid");
        }
        return errors.getFirst().field().isEmpty()
                ? at("", errors.getFirst().detail())
                : Problem.of(ProblemType.INVALID_REQUEST, errors);
    }

    /**
     * If a message begins with the name of a component, as in "quantity must be at least 1", the error is at that field.
     */
    private static FieldError rejection(String path, String message, Class<?> type) {
        String[] words = message.split(" ", 2);
        RecordComponent[] components = type.getRecordComponents();
        boolean namesComponent = components != null
                && words.length == 2
                && Arrays.stream(components).anyMatch(c -> c.getName().equals(words[0]));
        return namesComponent
                ? new FieldError(path.isEmpty() ? words[0] : path + "." + words[0], words[1])
                : new FieldError(path, message);
    }

    private static Problem syntax(String path, StreamReadException e) {
        Matcher duplicate = DUPLICATE.matcher(e.getOriginalMessage());
        if (duplicate.matches()) {
            String name = duplicate.group(1);
            // The path, if there is one, may already end in this field.
            boolean known = path.equals(name) || path.endsWith("." + name);
            return at(known ? path : path.isEmpty() ? name : path + "." + name, "is given more than once");
        }
        TokenStreamLocation location = e.getLocation();
        String place = location == null || location.getLineNr() < 1
                ? ""
                : ", line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
        String detail = "The body is not valid JSON" + place + ".";
        return path.isEmpty()
                ? malformed(detail)
                : Problem.of(
                        ProblemType.MALFORMED_BODY, detail, List.of(new FieldError(path, "is not valid JSON" + place)));
    }

    private static Problem malformed(String detail) {
        return Problem.of(ProblemType.MALFORMED_BODY, detail);
    }

    private static Problem at(String path, String detail) {
        return path.isEmpty()
                ? Problem.of(ProblemType.INVALID_REQUEST, "The body " + detail + ".")
                : Problem.of(ProblemType.INVALID_REQUEST, List.of(new FieldError(path, detail)));
    }
}
