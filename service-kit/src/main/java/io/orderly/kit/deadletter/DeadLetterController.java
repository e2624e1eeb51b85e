package io.orderly.kit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.kit.deadletter.DeadLetterDesk.Outcome;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
    Page page(
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(LARGEST_PAGE) int limit) {
        List<StoredLetter> page = letters.page(after, limit);
        return new Page(
                page.stream().map(StoredLetter::describe).toList(),
                page.size() < limit ? null : page.getLast().id());
    }

    @GetMapping("/{id}")
    Detail detail(@PathVariable UUID id) {
        return letters.find(id)
                .map(letter -> new Detail(
                        letter.describe(),
                        letter.raw().headers(),
                        new String(letter.raw().body(), UTF_8)))
                .orElseThrow(DeadLetterController::notFound);
    }

    @PostMapping("/{id}/replay")
    Outcome replay(@PathVariable UUID id) {
        return answer(desk.replay(id));
    }

    @PostMapping("/{id}/discard")
    Outcome discard(@PathVariable UUID id) {
        return answer(desk.discard(id));
    }

    private static Outcome answer(Outcome outcome) {
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
