package io.orderly.coordinator.rest;

import io.orderly.coordinator.clock.TimestampRange;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Timestamps that never repeat and never go back. */
@RestController
@RequestMapping("/v1/timestamps")
@Tag(name = "Timestamps")
class TimestampController {

    private final RequestCaller caller;
    private final Answers answers;

    TimestampController(RequestCaller caller, Answers answers) {
        this.caller = caller;
        this.answers = answers;
    }

    record Count(@Min(1) int count) {}

    /**
     * @param first the lowest, as a number; the others follow it without gaps. A string, since it is too large for JavaScript
     * @param firstTime the same as a time and a counter
     */
    record Timestamps(String first, String firstTime, int count) {}

    @PostMapping
    @Operation(summary = "Allocates timestamps, higher than all that were allocated before")
    Timestamps allocate(@Valid @RequestBody Count request) {
        TimestampRange range = answers.change(caller.coordinator().timestamps(request.count()));
        return new Timestamps(
                Long.toString(range.first().toLong()), range.first().toString(), range.count());
    }
}
