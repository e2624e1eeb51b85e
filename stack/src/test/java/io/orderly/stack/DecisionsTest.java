package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every decision in docs/adr says when it was accepted and whether it still holds, and the index says the same. */
class DecisionsTest {

    private static final Path FOLDER = Path.of("../docs/adr");
    private static final Pattern BEGINNING = Pattern.compile(
            "# (\\d+)\\. (.+)\n\n(\\*\\*Status\\.\\*\\* Accepted on (\\d{4}-\\d\\d-\\d\\d)\\.(?:[ \n](?:.|\n(?!\n))*)?)\n\n");
    private static final Pattern SUPERSEDED =
            Pattern.compile("Superseded( in part)? by \\[ADR (\\d+)]\\((.+?)\\) on (\\d{4}-\\d\\d-\\d\\d)[.:]");
    private static final Pattern SUPERSEDES = Pattern.compile("Supersedes \\[ADR (\\d+)]\\((.+?)\\)( in part)?[.:]");

    private static final Map<Integer, Decision> DECISIONS = read();

    /**
     * A decision as its file tells it.
     *
     * @param status of it, in one line
     */
    private record Decision(String file, int number, String title, String status, LocalDate acceptedOn) {

        static Decision in(Path file) {
            try {
                Matcher beginning = BEGINNING.matcher(Files.readString(file));
                assertThat(beginning.lookingAt())
                        .as("%s begins with its number and title, and a status with a date", file)
                        .isTrue();
                return new Decision(
                        file.getFileName().toString(),
                        Integer.parseInt(beginning.group(1)),
                        beginning.group(2),
                        beginning.group(3).replaceAll("\\s+", " "),
                        LocalDate.parse(beginning.group(4)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** As the index has it. */
        String row() {
            String status = SUPERSEDED
                    .matcher(this.status)
                    .results()
                    .map(by -> "superseded%s by [%s](%s)"
                            .formatted(by.group(1) == null ? "" : by.group(1), by.group(2), by.group(3)))
                    .collect(Collectors.joining(", "));
            return "| %d | [%s](%s) | %s | %s |"
                    .formatted(number, title, file, acceptedOn, status.isEmpty() ? "accepted" : status);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static List<Decision> decisions() {
        return List.copyOf(DECISIONS.values());
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void theNumberOfADecisionIsThatOfItsFile(Decision decision) {
        assertThat(decision.file()).startsWith("%04d-".formatted(decision.number()));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void bothSidesSayThatADecisionIsSuperseded(Decision decision) {
        SUPERSEDED.matcher(decision.status()).results().forEach(by -> {
            Decision later = DECISIONS.get(Integer.parseInt(by.group(2)));
            assertThat(later).isNotNull();
            assertThat(by.group(3)).isEqualTo(later.file());
            assertThat(LocalDate.parse(by.group(4))).isEqualTo(later.acceptedOn());
            assertThat(later.number()).isGreaterThan(decision.number());
            assertThat(superseded(later)).contains(decision.number());
        });
        assertThat(superseded(decision))
                .allSatisfy(number -> assertThat(DECISIONS.get(number).status())
                        .contains("by [ADR %d]".formatted(decision.number())));
    }

    @Test
    void theIndexHasEachDecisionWithItsStatus() throws IOException {
        List<String> rows = Files.readAllLines(FOLDER.resolve("README.md")).stream()
                .filter(line -> line.matches("\\| \\d.*"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        decisions().stream().map(Decision::row).toList());
    }

    private static List<Integer> superseded(Decision decision) {
        return SUPERSEDES
                .matcher(decision.status())
                .results()
                .map(earlier -> Integer.valueOf(earlier.group(1)))
                .toList();
    }

    private static Map<Integer, Decision> read() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d.*"))
                    .map(Decision::in)
                    .collect(Collectors.toMap(Decision::number, decision -> decision, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
