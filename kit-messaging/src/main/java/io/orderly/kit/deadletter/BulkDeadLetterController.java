package io.orderly.kit.deadletter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Replays or discards several dead letters in one call. The response reports the outcome of each, and has status 200 even if
 * none succeeded.
 */
@RestController
@RequestMapping("/dead-letters")
@Tag(name = "Dead letters")
class BulkDeadLetterController {

    private final BulkDeadLetterOperations operations;

    BulkDeadLetterController(BulkDeadLetterOperations operations) {
        this.operations = operations;
    }

    @PostMapping("/replay")
    @Operation(
            summary = "Replays several dead letters, selected by id or by a filter",
            description =
                    "Dead letters of one topic and key are replayed in order, so a whole sequence can be replayed in one "
                            + "call. Each dead letter is either handled or unchanged, even if the call is interrupted.")
    BulkReport replay(@Valid @RequestBody Selection selection) {
        return operations.replay(selection);
    }

    @PostMapping("/discard")
    @Operation(
            summary = "Discards several dead letters, selected by id or by a filter",
            description = "Dead letters that were not selected and only waited behind these are then replayed.")
    BulkReport discard(@Valid @RequestBody Selection selection) {
        return operations.discard(selection);
    }
}
