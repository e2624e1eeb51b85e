package io.orderly.kit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.kit.deadletter.DeadLetterDesk.Outcome;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The operators' view of the dead letters. */
@RestController
@RequestMapping("/dead-letters")
@Tag(name = "Dead letters", description = "Messages that could not be handled, and those that wait behind them.")
class DeadLetterController {

    private static final int LARGEST_PAGE = 200;

    private final DeadLetters letters;
    private final DeadLetterDesk desk;

    DeadLetterController(DeadLetters letters, DeadLetterDesk desk) {
        this.letters = letters;
        this.desk = desk;
    }

    /** @param next what to pass as {@code after} for the next page; null on the last */
    record Page(List<DeadLetter> deadLetters, @Nullable UUID next) {}

    /** @param body the message as text, whatever it was */
    record Detail(DeadLetter deadLetter, Map<String, String> headers, String body) {}

    @GetMapping
    @Operation(summary = "The dead letters, the oldest first; go on with next while there is one")
    Page page(@RequestParam(required = false) @Nullable UUID after, @RequestParam(defaultValue = "50") int limit) {
        int size = Math.clamp(limit, 1, LARGEST_PAGE);
        List<StoredLetter> page = letters.page(after, size);
        return new Page(
                page.stream().map(StoredLetter::describe).toList(),
                page.size() < size ? null : page.getLast().id());
    }

    @GetMapping("/{id}")
    @Operation(summary = "A dead letter with its headers and its body")
    Detail detail(@PathVariable UUID id) {
        return letters.find(id)
                .map(letter -> new Detail(
                        letter.describe(),
                        letter.raw().headers(),
                        new String(letter.raw().body(), UTF_8)))
                .orElseThrow(DeadLetterController::notFound);
    }

    @PostMapping("/{id}/replay")
    @Operation(summary = "Handles a dead letter again, and those that only waited behind it")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "422", ref = "#/components/responses/UNPROCESSABLE_CONTENT")
    Outcome.Done replay(@PathVariable UUID id) {
        return answer(desk.replay(id));
    }

    @PostMapping("/{id}/discard")
    @Operation(summary = "Gives a dead letter up, and handles those that only waited behind it")
    Outcome.Done discard(@PathVariable UUID id) {
        return answer(desk.discard(id));
    }

    private static Outcome.Done answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done;
            case Outcome.NotFound ignored -> throw notFound();
            case Outcome.NotTheOldest later ->
                throw ProblemException.conflict("Dead letter " + later.oldest() + " of the same key comes first.");
            case Outcome.FailedAgain failed ->
                throw new ProblemException(
                        ProblemType.UNPROCESSABLE, "It could not be handled this time either: " + failed.cause());
        };
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("There is no such dead letter.");
    }
}
