package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The saga's commands and replies over HTTP, in the binary mode of CloudEvents as in Kafka. */
@RestController
@Tag(
        name = "Anti-pattern: compensation in memory",
        description = "Steps of a saga for a caller who waits for the reply, and remembers by himself what to undo.")
class DirectStepController {

    static final String TYPE = "ce-type";

    private final DirectSteps<?> steps;

    DirectStepController(DirectSteps<?> steps) {
        this.steps = steps;
    }

    @PostMapping("/anti-patterns/in-memory-compensation/steps")
    @Operation(summary = "Takes a step, or undoes one, and answers with the reply that a saga would get")
    ResponseEntity<byte[]> take(@RequestHeader(TYPE) String type, @RequestBody byte[] command) {
        StepReply reply = steps.take(commandIn(type, command));
        return ResponseEntity.ok()
                .header(TYPE, MessageType.of(reply).name())
                .contentType(MediaType.APPLICATION_JSON)
                .body(MessageCodec.encode(reply));
    }

    private Message commandIn(String type, byte[] json) {
        Message message;
        try {
            message = MessageCodec.decode(type, json);
        } catch (UnreadableMessageException e) {
            throw ProblemException.invalid("body", e.getMessage());
        }
        if (!steps.takes(message)) {
            throw ProblemException.invalid(TYPE, "names no command of this service");
        }
        return message;
    }
}
