package io.orderly.antipatterns.twophasecommit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.orderly.contracts.reply.StepCompleted;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;

/**
 * What a participant says when it is asked to prepare. After anything but {@link Prepared} its branch is rolled back already,
 * and no order will come of it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "vote")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Vote.Prepared.class, name = "PREPARED"),
    @JsonSubTypes.Type(value = Vote.Declined.class, name = "DECLINED"),
    @JsonSubTypes.Type(value = Vote.Contended.class, name = "CONTENDED"),
    @JsonSubTypes.Type(value = Vote.Unavailable.class, name = "UNAVAILABLE")
})
public sealed interface Vote {

    /** Yes: whatever happens now, it can commit. */
    record Prepared() implements Vote {}

    /**
     * No, and asking again would not help.
     *
     * @param reason the code that a saga would see
     * @param detail a sentence for people
     */
    record Declined(String reason, String detail) implements Vote {}

    /** No: others held what it needs for too long, or it has heard of the end of this transaction already. */
    record Contended(String detail) implements Vote {}

    /** No: somebody it needs is away. */
    record Unavailable(String detail) implements Vote {}

    /** What the outcome of a step means as a vote. */
    static Vote of(StepReply reply) {
        return switch (reply) {
            case StepCompleted _ -> new Prepared();
            case StepDeclined declined -> new Declined(declined.reason(), declined.detail());
            case StepRefused refused -> new Declined(refused.reason(), refused.detail());
        };
    }
}
