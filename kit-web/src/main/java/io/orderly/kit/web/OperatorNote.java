package io.orderly.kit.web;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who requests an operation, and why. It is what the operator says: nothing checks it.
 *
 * @param by null if the operator does not say
 * @param reason null if the operator does not say
 */
public record OperatorNote(
        @Nullable @Size(max = MAX_BY, message = TOO_LONG) @Pattern(regexp = LINE, message = NO_LINE) String by,

        @Nullable @Size(max = MAX_REASON, message = TOO_LONG) @Pattern(regexp = LINE, message = NO_LINE) String reason) {

    /** An operator who says nothing. */
    public static final OperatorNote NONE = new OperatorNote(null, null);

    public static final int MAX_BY = 100;
    public static final int MAX_REASON = 500;

    /** One line of text that is not blank. */
    public static final String LINE = " *+[^\\p{Cc}\\p{Cs}\\p{Z}][^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*+";

    public static final String NO_LINE = "must be one line of text that is not blank";
    public static final String TOO_LONG = "must have at most {max} characters";

    /** @param body of a request; null if it has none */
    public static OperatorNote of(@Nullable OperatorNote body) {
        return body == null ? NONE : body;
    }

    /** Such as {@code ada: the provider is back}; empty if the operator says nothing. It may have characters that change how text is displayed. */
    public String text() {
        return Stream.of(by, reason).filter(Objects::nonNull).collect(Collectors.joining(": "));
    }
}
