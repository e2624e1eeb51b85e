package io.orderly.kit.web;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.ClassUtils;

/** Error details for clients, which do not name Java types. */
final class ErrorDetails {

    private ErrorDetails() {}

    /** The detail for a value that does not have this type, such as {@code must be a UUID}. */
    static String expected(Class<?> type) {
        Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (boxed.isEnum()) {
            return Arrays.stream(boxed.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .collect(Collectors.joining(", ", "must be one of ", ""));
        }
        if (CharSequence.class.isAssignableFrom(boxed)) {
            return "must be a string";
        }
        if (boxed == Boolean.class) {
            return "must be true or false";
        }
        if (boxed == BigDecimal.class || boxed == Double.class || boxed == Float.class) {
            return "must be a decimal number";
        }
        if (Number.class.isAssignableFrom(boxed)) {
            return "must be a whole number within its range";
        }
        if (boxed == UUID.class) {
            return "must be a UUID";
        }
        if (boxed == LocalDate.class) {
            return "must be a date such as 2026-11-23";
        }
        if (boxed == Instant.class || boxed == OffsetDateTime.class) {
            return "must be a point in time such as 2026-11-23T04:30:00Z";
        }
        if (boxed == Duration.class) {
            return "must be a duration such as PT30S";
        }
        if (boxed.isArray() || Collection.class.isAssignableFrom(boxed)) {
            return "must be an array";
        }
        return wrapped(boxed).map(ErrorDetails::expected).orElse("must be an object");
    }

    /** Whether the type is a record that is a single JSON value. */
    static boolean isSingleValue(Class<?> type) {
        return wrapped(type).isPresent();
    }

    private static Optional<Class<?>> wrapped(Class<?> type) {
        RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
        return components.length == 1 && components[0].getAccessor().isAnnotationPresent(JsonValue.class)
                ? Optional.of(components[0].getType())
                : Optional.empty();
    }

    /**
     * The messages of an exception of the project's own code and of its suppressed exceptions, which report further errors.
     */
    static Stream<String> messagesOf(Throwable rejection) {
        return Stream.concat(Stream.of(rejection), Stream.of(rejection.getSuppressed()))
                .flatMap(each -> messageOf(each).stream());
    }

    /**
     * The message of an exception of the project's own code, such as a record's constructor. Messages of the JDK and of
     * libraries may name classes, so they are not shown to clients.
     */
    static Optional<String> messageOf(Throwable rejection) {
        StackTraceElement[] stackTrace = rejection.getStackTrace();
        if (rejection.getClass() != IllegalArgumentException.class
                || rejection.getMessage() == null
                || stackTrace.length == 0) {
            return Optional.empty();
        }
        StackTraceElement thrower = stackTrace[0];
        boolean foreign = thrower.getModuleName() != null
                || thrower.getClassName().startsWith("org.springframework.")
                || thrower.getClassName().startsWith("tools.jackson.");
        return foreign ? Optional.empty() : Optional.of(rejection.getMessage());
    }
}
