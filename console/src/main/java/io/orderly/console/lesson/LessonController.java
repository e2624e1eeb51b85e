package io.orderly.console.lesson;

import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lessons for the page and for {@code ./run lesson}. As faults, they are for the machine of the system only. */
@RestController
@RequestMapping("/api/lessons")
class LessonController {

    private final Lessons lessons;
    private final boolean acceptsFaults;

    LessonController(Lessons lessons, Upstreams upstreams) {
        this.lessons = lessons;
        this.acceptsFaults = upstreams.faultControl() != null;
    }

    /** @param prediction the number of a choice, from 1; null for none */
    record Start(@Nullable Integer prediction) {}

    @GetMapping
    List<LessonView.Summary> list() {
        return lessons.list();
    }

    @GetMapping("/{number}")
    LessonView lesson(@PathVariable int number) {
        return lessons.view(number).orElseThrow(LessonController::unknown);
    }

    @PostMapping(path = "/{number}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    LessonView start(@PathVariable int number, @RequestBody Start start) {
        Lesson lesson = lessons.lesson(number).orElseThrow(LessonController::unknown);
        Integer prediction = start.prediction();
        if (prediction != null
                && (prediction < 1 || prediction > lesson.choices().size())) {
            throw Upstream.problem(
                    HttpStatus.BAD_REQUEST,
                    "A prediction is a number from 1 to %d."
                            .formatted(lesson.choices().size()));
        }
        if (lesson.needsFaults() && !acceptsFaults) {
            throw Upstream.problem(
                    HttpStatus.CONFLICT, "The lesson needs faults, and the system was started without --faults.");
        }
        return lessons.start(number, lesson, prediction)
                .orElseThrow(() -> Upstream.problem(
                        HttpStatus.CONFLICT,
                        "A lesson is running. The lessons share the system, so they run one by one."));
    }

    @DeleteMapping("/{number}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void stop(@PathVariable int number) {
        lessons.lesson(number).orElseThrow(LessonController::unknown);
        lessons.stop(number);
    }

    private static ErrorResponseException unknown() {
        return Upstream.problem(HttpStatus.NOT_FOUND, "There is no such lesson.");
    }
}
