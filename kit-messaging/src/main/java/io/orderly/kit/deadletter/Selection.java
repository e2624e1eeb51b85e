package io.orderly.kit.deadletter;

import io.orderly.kit.web.OperatorNote;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of one bulk operation: either these ids, or the oldest letters that match a filter.
 *
 * @param ids at most {@value #MAX_LETTERS}
 * @param filter with at least one condition
 * @param after only letters after this id, such as the {@code next} of the previous response; only with a filter
 * @param limit the maximum number of matching letters, {@value #MAX_LETTERS} by default; only with a filter
 * @param by who requests it; null if the operator does not say
 * @param reason null if the operator does not say
 */
record Selection(
        @Nullable @Size(min = 1, max = MAX_LETTERS, message = "must have {min} to {max} ids") List<@NotNull(message = "must not be null") UUID> ids,

        @Nullable @Valid LetterFilter filter,
        @Nullable UUID after,

        @Nullable @Min(value = 1, message = "must be at least {value}") @Max(value = MAX_LETTERS, message = "must be at most {value}") Integer limit,

        @Nullable @Size(max = OperatorNote.MAX_BY, message = OperatorNote.TOO_LONG) @Pattern(regexp = OperatorNote.LINE, message = OperatorNote.NO_LINE) String by,

        @Nullable @Size(max = OperatorNote.MAX_REASON, message = OperatorNote.TOO_LONG) @Pattern(regexp = OperatorNote.LINE, message = OperatorNote.NO_LINE) String reason) {

    static final int MAX_LETTERS = 100;

    Selection {
        if (ids == null && filter == null) {
            throw new IllegalArgumentException("ids or a filter must be given");
        }
        if (ids != null && (filter != null || after != null || limit != null)) {
            throw new IllegalArgumentException("ids must be given alone, without filter, after or limit");
        }
        if (filter != null && filter.matchesAll()) {
            throw new IllegalArgumentException("filter must have a topic, a type or a causePrefix");
        }
    }

    OperatorNote note() {
        return new OperatorNote(by, reason);
    }

    int size() {
        return limit == null ? MAX_LETTERS : limit;
    }
}
