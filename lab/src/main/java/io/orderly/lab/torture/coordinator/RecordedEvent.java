package io.orderly.lab.torture.coordinator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One line of the recorded history. An operation that is {@link Refused} has no effect. One that is only {@link Invoked}, or
 * {@link Unanswered} after that, may take effect at any later time, or never.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecordedEvent.Invoked.class, name = "invoked"),
    @JsonSubTypes.Type(value = RecordedEvent.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = RecordedEvent.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = RecordedEvent.Unanswered.class, name = "unanswered")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface RecordedEvent {

    /** Unique within the run. */
    int operation();

    /** Microseconds since the start of the run. */
    long atMicros();

    /**
     * @param client from 0
     * @param member the number of the member that was asked
     * @param group the number of the group of keys
     * @param command as {@link io.orderly.coordinator.simulation.history.TxnCommand} writes it
     */
    record Invoked(int operation, long atMicros, int client, int member, int group, String command)
            implements RecordedEvent {}

    /**
     * @param result the result, as defined by the command's specification
     * @param revision in the header of the response
     */
    record Answered(int operation, long atMicros, List<Long> result, long revision) implements RecordedEvent {}

    /** @param reason the error that the client received */
    record Refused(int operation, long atMicros, String reason) implements RecordedEvent {}

    /** @param reason the error that the client received */
    record Unanswered(int operation, long atMicros, String reason) implements RecordedEvent {}
}
