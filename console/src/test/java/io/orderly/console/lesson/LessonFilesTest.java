package io.orderly.console.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the lessons, and files that are refused. */
class LessonFilesTest {

    private static final String VALID = """
            title: A title
            patterns: [saga]
            story: A story.
            question: A question?
            choices: [one, two]
            answer: 2
            steps:
              - inject: {say: inject, fault: {fault: outage, process: p}, seconds: 60, as: outage}
              - place: {say: place, customer: ada, as: a}
              - request: {say: park, order: a, action: park, as: park}
              - end: {say: end, fault: outage}
              - await: {say: parked, until: {status: {order: a, is: PARKED}}, seconds: 10}
            explanation: "{a.status} {park.answer}"
            """;

    static List<Lesson> lessons() {
        return LessonFiles.read();
    }

    @Test
    void thereAreTenLessons() {
        assertThat(lessons()).hasSize(10).extracting(Lesson::title).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void eachRefersToPagesOfPatternsAndEndsItsFaults(Lesson lesson) {
        assertThat(lesson.patterns())
                .allSatisfy(page -> assertThat(Path.of("..", "docs", "patterns", page + ".md"))
                        .isRegularFile());
        assertThat(lesson.steps().stream().filter(Step.End.class::isInstance))
                .hasSameSizeAs(lesson.steps().stream()
                        .filter(Step.Inject.class::isInstance)
                        .toList());
        assertThat(lesson.explanation()).doesNotContain("?");
    }

    @Test
    void aValidFileIsRead() {
        assertThat(read(VALID).steps()).hasSize(5);
        assertThat(read(VALID).needsFaults()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "title: A title            | titel: A title              | title must be a text",
                "answer: 2                 | \"answer: 2\nmore: 1\"      | more",
                "place: {say: place, customer | place: {say: place, hurry: 1, customer | hurry",
                "title: A title            | title: ''                   | title must be a text",
                "answer: 2                 | answer: 3                   | answer must be one of",
                "answer: 2                 | answer: 1.5                 | ",
                "answer: 2                 | \"answer: 2\nanswer: 1\"    | uplicate",
                "seconds: 60               | seconds: 301                | seconds must be 1 to 300",
                "seconds: 60, as: outage   | as: outage                  | ",
                "fault: outage}            | fault: other}               | other is not defined",
                "customer: ada, as: a}     | customer: ada, as: outage}  | outage is defined twice",
                "customer: ada, as: a}     | customer: ada, as: leader}  | leader cannot be a name",
                "action: park              | action: compensate          | action must be one of",
                "is: PARKED                | is: LOST                    | LOST",
                "until: {status: {order: a | until: {state: {order: a    | state",
                "{park.answer}             | {park.reply}                | there is no placeholder",
                "{park.answer}             | {other.answer}              | is of nothing that is defined",
                "patterns: [saga]          | patterns: [../saga]         | patterns must be names of pages"
            })
    void aFileThatIsNotValidIsRefused(String text, String instead, String problem) {
        assertThat(VALID).contains(text);
        assertThatThrownBy(() -> read(VALID.replace(text, instead)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("test is not a lesson: ")
                .hasMessageContaining(problem == null ? "" : problem);
    }

    private static Lesson read(String text) {
        return LessonFiles.read("test", text.getBytes(StandardCharsets.UTF_8));
    }
}
