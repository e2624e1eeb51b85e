package io.orderly.kit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.kit.deadletter.DeadLetterOperations.OperationResult;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
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
    private final DeadLetterOperations operations;

    DeadLetterController(DeadLetters letters, DeadLetterOperations operations) {
        this.letters = letters;
        this.operations = operations;
    }

    /** @param next what to pass as {@code after} for the next page; null on the last */
    record Page(List<DeadLetter> deadLetters, @Nullable UUID next) {}

    /**
     * @param key the message's key as it came, whatever it was; null if it had none
     * @param body the message as text, whatever it was
     */
    record Detail(DeadLetter deadLetter, @Nullable String key, Map<String, String> headers, String body) {}

    @GetMapping
    @Operation(summary = "Dead letters, the oldest first")
    Page page(
            @RequestParam(required = false)
                    @Nullable @Pattern(regexp = LetterFilter.TEXT, message = LetterFilter.NO_TEXT) String topic,
            @RequestParam(required = false)
                    @Nullable @Pattern(regexp = LetterFilter.TEXT, message = LetterFilter.NO_TEXT) String type,
            @RequestParam(required = false)
                    @Nullable @Pattern(regexp = LetterFilter.TEXT, message = LetterFilter.NO_TEXT) String causePrefix,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(LARGEST_PAGE) int limit) {
        List<StoredDeadLetter> page = letters.page(new LetterFilter(topic, type, causePrefix), after, limit);
        return new Page(
                page.stream().map(StoredDeadLetter::describe).toList(),
                page.size() < limit ? null : page.getLast().id());
    }

    /** @param handled how many messages took effect, those that only waited behind the letter included */
    record Handled(int handled) {}

    @GetMapping("/{id}")
    @Operation(summary = "A dead letter with its message")
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
    @Operation(summary = "Handles a dead letter again, in its own trace, and then those that only waited behind it")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "422", ref = "#/components/responses/UNPROCESSABLE_CONTENT")
    Handled replay(@PathVariable UUID id) {
        return answer(operations.replay(id));
    }

    @PostMapping("/{id}/discard")
    @Operation(summary = "Gives a dead letter up for good, and lets those that only waited behind it take effect")
    Handled discard(@PathVariable UUID id) {
        return answer(operations.discard(id));
    }

    private static Handled answer(OperationResult outcome) {
        return switch (outcome) {
            case OperationResult.Done done -> new Handled(done.tookEffect().size());
            case OperationResult.NotFound ignored -> throw notFound();
            case OperationResult.NotTheOldest later ->
                throw ProblemException.conflict("Dead letter " + later.oldest() + " of the same key comes first.");
            case OperationResult.FailedAgain failed ->
                throw new ProblemException(
                        ProblemType.UNPROCESSABLE, "It could not be handled this time either: " + failed.cause());
        };
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("There is no such dead letter.");
    }
}
