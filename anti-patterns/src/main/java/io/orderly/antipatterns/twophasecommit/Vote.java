package io.orderly.antipatterns.twophasecommit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.orderly.contracts.reply.StepCompleted;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;

/**
 * A participant's answer to a prepare request. After any vote but {@link Prepared} its branch is already rolled back.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "vote")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Vote.Prepared.class, name = "PREPARED"),
    @JsonSubTypes.Type(value = Vote.Declined.class, name = "DECLINED"),
    @JsonSubTypes.Type(value = Vote.Contended.class, name = "CONTENDED"),
    @JsonSubTypes.Type(value = Vote.Unavailable.class, name = "UNAVAILABLE")
})
public sealed interface Vote {

    /** Yes: the branch can be committed. */
    record Prepared() implements Vote {}

    /**
     * No; a retry would get the same answer.
     *
     * @param reason the reason code that a saga would receive
     * @param detail a sentence for people
     */
    record Declined(String reason, String detail) implements Vote {}

    /** No: a required lock was not available in time, or the transaction has already ended here. */
    record Contended(String detail) implements Vote {}

    /** No: a required service is unavailable. */
    record Unavailable(String detail) implements Vote {}

    /** The vote that corresponds to a step's reply. */
    static Vote of(StepReply reply) {
        return switch (reply) {
            case StepCompleted _ -> new Prepared();
            case StepDeclined declined -> new Declined(declined.reason(), declined.detail());
            case StepRefused refused -> new Declined(refused.reason(), refused.detail());
        };
    }
}
