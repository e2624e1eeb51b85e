package io.orderly.kit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.kit.deadletter.DeadLetterDesk.Outcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
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
    Page page(@RequestParam(required = false) @Nullable UUID after, @RequestParam(defaultValue = "50") int limit) {
        int size = Math.clamp(limit, 1, LARGEST_PAGE);
        List<StoredLetter> page = letters.page(after, size);
        return new Page(
                page.stream().map(StoredLetter::describe).toList(),
                page.size() < size ? null : page.getLast().id());
    }

    @GetMapping("/{id}")
    ResponseEntity<?> detail(@PathVariable UUID id) {
        return letters.find(id)
                .<ResponseEntity<?>>map(letter -> ResponseEntity.ok(new Detail(
                        letter.describe(),
                        letter.raw().headers(),
                        new String(letter.raw().body(), UTF_8))))
                .orElseGet(() -> answer(new Outcome.NotFound()));
    }

    @PostMapping("/{id}/replay")
    ResponseEntity<?> replay(@PathVariable UUID id) {
        return answer(desk.replay(id));
    }

    @PostMapping("/{id}/discard")
    ResponseEntity<?> discard(@PathVariable UUID id) {
        return answer(desk.discard(id));
    }

    private static ResponseEntity<?> answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> ResponseEntity.ok(done);
            case Outcome.NotFound ignored -> problem(HttpStatus.NOT_FOUND, "no such dead letter");
            case Outcome.NotTheOldest later ->
                problem(HttpStatus.CONFLICT, "dead letter " + later.oldest() + " of the same key comes first");
            case Outcome.FailedAgain failed ->
                problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "it could not be handled this time either: " + failed.cause());
        };
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail))
                .build();
    }
}
