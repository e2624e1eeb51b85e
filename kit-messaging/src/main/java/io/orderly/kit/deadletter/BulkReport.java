package io.orderly.kit.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an operation on several dead letters.
 *
 * @param letters the selected letters, in the order of the given ids; for a filter, oldest first
 * @param handled how many messages were handled, including those that only waited behind a selected letter
 * @param next the value of {@code after} for the next letters that match the filter; absent if there are no more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkReport(
        List<Result> letters, int handled, @Nullable UUID next) {

    /**
     * The outcome for one letter.
     *
     * @param oldest the letter that must be replayed or discarded before this one; absent if there is none
     * @param cause why it failed again or was not tried; absent for other outcomes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            UUID id,
            LetterOutcome outcome,
            @Nullable UUID oldest,
            @Nullable String cause) {}

    /** The outcome for a letter. The letter is unchanged unless it is {@link #DONE}. */
    enum LetterOutcome {
        /** It was replayed or discarded, as requested. */
        DONE,
        /** There is no such letter, or no longer. */
        NOT_FOUND,
        /** An older letter of the same key must be handled first; it was not selected or failed again. */
        NOT_THE_OLDEST,
        /** The message failed again. */
        FAILED_AGAIN,
        /** A transient failure interrupted the call; repeat it. */
        NOT_TRIED
    }
}
