package io.orderly.kit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.kit.deadletter.DeadLetterOperations.OperationResult;
import io.orderly.kit.web.OperatorNote;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP interface of the dead letters, for operators. */
@RestController
@RequestMapping("/dead-letters")
@Tag(name = "Dead letters", description = "Messages that could not be handled, and those that wait behind them.")
class DeadLetterController {

    private static final int MAX_PAGE_SIZE = 200;

    private final DeadLetters letters;
    private final DeadLetterOperations operations;

    DeadLetterController(DeadLetters letters, DeadLetterOperations operations) {
        this.letters = letters;
        this.operations = operations;
    }

    /** @param next the value of {@code after} for the next page; null on the last page */
    record Page(List<DeadLetter> deadLetters, @Nullable UUID next) {}

    /**
     * @param key the key of the message as received; null if it has none
     * @param body the body of the message, decoded as UTF-8
     */
    record Detail(DeadLetter deadLetter, @Nullable String key, Map<String, String> headers, String body) {}

    @GetMapping
    @Operation(summary = "Lists dead letters, oldest first")
    Page page(
            @RequestParam(required = false)
                    @Nullable @Pattern(regexp = LetterFilter.TEXT, message = LetterFilter.NO_TEXT) String topic,
            @RequestParam(required = false)
                    @Nullable @Pattern(regexp = LetterFilter.TEXT, message = LetterFilter.NO_TEXT) String type,
            @RequestParam(required = false)
                    @Nullable @Pattern(regexp = LetterFilter.TEXT, message = LetterFilter.NO_TEXT) String causePrefix,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(MAX_PAGE_SIZE) int limit) {
        List<StoredDeadLetter> page = letters.page(new LetterFilter(topic, type, causePrefix), after, limit);
        return new Page(
                page.stream().map(StoredDeadLetter::describe).toList(),
                page.size() < limit ? null : page.getLast().id());
    }

    /** @param handled how many messages were handled, including those that only waited behind the letter */
    record Handled(int handled) {}

    @GetMapping("/{id}")
    @Operation(summary = "Shows a dead letter with its message")
    Detail detail(@PathVariable UUID id) {
        return letters.find(id)
                .map(letter -> new Detail(
                        letter.describe(),
                        letter.raw().key(),
                        letter.raw().headers(),
                        new String(letter.raw().body(), UTF_8)))
                .orElseThrow(DeadLetterController::notFound);
    }

    @PostMapping("/{id}/replay")
    @Operation(summary = "Replays a dead letter, and then those that only waited behind it")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "422", ref = "#/components/responses/UNPROCESSABLE_CONTENT")
    Handled replay(@PathVariable UUID id, @Valid @RequestBody(required = false) @Nullable OperatorNote note) {
        return answer(operations.replay(id, OperatorNote.of(note)));
    }

    @PostMapping("/{id}/discard")
    @Operation(summary = "Discards a dead letter, and replays those that only waited behind it")
    Handled discard(@PathVariable UUID id, @Valid @RequestBody(required = false) @Nullable OperatorNote note) {
        return answer(operations.discard(id, OperatorNote.of(note)));
    }

    private static Handled answer(OperationResult outcome) {
        return switch (outcome) {
            case OperationResult.Done done -> new Handled(done.handledIds().size());
            case OperationResult.NotFound ignored -> throw notFound();
            case OperationResult.NotTheOldest later ->
                throw ProblemException.conflict(
                        "Dead letter " + later.oldest() + " of the same key must be handled first.");
            case OperationResult.FailedAgain failed ->
                throw new ProblemException(ProblemType.UNPROCESSABLE, "The message failed again: " + failed.cause());
        };
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("There is no such dead letter.");
    }
}
