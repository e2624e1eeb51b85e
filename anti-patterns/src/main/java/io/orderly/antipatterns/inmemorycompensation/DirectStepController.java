package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The saga's commands and replies over HTTP, in the binary content mode of CloudEvents, as in Kafka. */
@RestController
@Tag(
        name = "Anti-pattern: compensation in memory",
        description = "Saga steps for a caller that waits for the reply, and keeps the steps to compensate in memory.")
class DirectStepController {

    static final String TYPE = "ce-type";

    private final DirectSteps<?> steps;

    DirectStepController(DirectSteps<?> steps) {
        this.steps = steps;
    }

    @PostMapping("/anti-patterns/in-memory-compensation/steps")
    @Operation(summary = "Executes or compensates a step, and returns the reply that a saga would receive")
    @ApiResponse(
            responseCode = "200",
            description = "The reply, as the schema of its type describes it",
            headers = @Header(name = TYPE, required = true, schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(type = "object")))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            description = "The command, as the schema of its type describes it",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "object")))
    ResponseEntity<byte[]> execute(@RequestHeader(TYPE) String type, @RequestBody byte[] command) {
        StepReply reply = steps.execute(commandIn(type, command));
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
        if (!steps.supports(message)) {
            throw ProblemException.invalid(TYPE, "is not the type of a command of this service");
        }
        return message;
    }
}
