package io.orderly.kit.deadletter;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters that one call is about: either these ids, or the oldest ones that match a filter.
 *
 * @param ids at most {@value #MOST}
 * @param filter with at least one condition
 * @param after only letters that come after this one, such as the {@code next} of an earlier answer; with a filter only
 * @param limit how many letters that match to deal with, {@value #MOST} by default; with a filter only
 */
record Selection(
        @Nullable @Size(min = 1, max = MOST, message = "must have {min} to {max} ids") List<@NotNull(message = "must not be null") UUID> ids,

        @Nullable @Valid LetterFilter filter,
        @Nullable UUID after,

        @Nullable @Min(value = 1, message = "must be at least {value}") @Max(value = MOST, message = "must be at most {value}") Integer limit) {

    static final int MOST = 100;

    Selection {
        if (ids == null && filter == null) {
            throw new IllegalArgumentException("ids or a filter must be given");
        }
        if (ids != null && (filter != null || after != null || limit != null)) {
            throw new IllegalArgumentException("ids must be given alone, without filter, after or limit");
        }
        if (filter != null && filter.admitsAll()) {
            throw new IllegalArgumentException("filter must have a topic, a type or a causePrefix");
        }
    }

    int size() {
        return limit == null ? MOST : limit;
    }
}
