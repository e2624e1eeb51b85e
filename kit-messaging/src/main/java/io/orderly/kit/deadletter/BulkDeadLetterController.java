package io.orderly.kit.deadletter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where operators deal with several dead letters in one call. The answer tells what became of each, and is a 200 also if none
 * was dealt with.
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
            summary = "Handles several dead letters again, by their ids or by a filter",
            description =
                    "Those of one topic and key are handled in their order, so a whole sequence can be replayed in one "
                            + "call. Each letter is either handled or left as it was, also if the call is cut off.")
    BulkReport replay(@Valid @RequestBody Selection selection) {
        return operations.replay(selection);
    }

    @PostMapping("/discard")
    @Operation(
            summary = "Gives up several dead letters for good, by their ids or by a filter",
            description = "Letters that were not selected and only waited behind these then take effect.")
    BulkReport discard(@Valid @RequestBody Selection selection) {
        return operations.discard(selection);
    }
}
