package io.orderly.kit.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of several dead letters.
 *
 * @param letters each letter that was selected, in the order of the ids that were given, or oldest first
 * @param handled how many messages took effect, those that only waited behind a letter included
 * @param next what to give as {@code after} to go on with the letters that match a filter; absent if there are no more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkReport(
        List<Result> letters, int handled, @Nullable UUID next) {

    /**
     * What became of one.
     *
     * @param oldest the letter that has to be dealt with before this one; absent unless there is one
     * @param cause why it failed again, or was not tried; absent unless it did or was not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            UUID id,
            LetterOutcome outcome,
            @Nullable UUID oldest,
            @Nullable String cause) {}

    /** How it went with a letter. All but a {@link #DONE} one are as they were. */
    enum LetterOutcome {
        /** Replayed or discarded, as was asked. */
        DONE,
        /** There is no such letter, maybe no longer. */
        NOT_FOUND,
        /** An older letter of the same key was not selected, or failed again, and comes first. */
        NOT_THE_OLDEST,
        /** It could not be handled this time either. */
        FAILED_AGAIN,
        /** The database was away, or busy with something else that came first: ask again. */
        NOT_TRIED
    }
}
