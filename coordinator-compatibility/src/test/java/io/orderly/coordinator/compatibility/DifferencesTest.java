package io.orderly.coordinator.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferencesTest {

    private static final String ROW = "| `wire/kv/put: first` | `NOT_FOUND` | answers `OK` | leases |";

    @TempDir
    private Path folder;

    @Test
    void equalObservationsAreExpected() throws IOException {
        assertThat(listed("").unexpected("wire/kv/put", Map.of("first", "a"), Map.of("first", "a")))
                .isEmpty();
    }

    @Test
    void aDifferenceThatIsNotListedIsUnexpected() throws IOException {
        assertThat(listed("").unexpected("wire/kv/put", Map.of("first", "a"), Map.of("first", "b")))
                .singleElement()
                .asString()
                .contains("wire/kv/put: first is not listed");
    }

    @Test
    void aStepThatOneServerLacksIsUnexpected() throws IOException {
        assertThat(listed("").unexpected("wire/kv/put", Map.of("first", "a"), Map.of()))
                .hasSize(1);
        assertThat(listed("").unexpected("wire/kv/put", Map.of(), Map.of("first", "a")))
                .hasSize(1);
    }

    @Test
    void aListedDifferenceIsExpected() throws IOException {
        assertThat(listed(ROW).unexpected("wire/kv/put", Map.of("first", "NOT_FOUND: x"), Map.of("first", "OK")))
                .isEmpty();
    }

    @Test
    void aListedDifferenceThatDoesNotOccurIsUnexpected() throws IOException {
        assertThat(listed(ROW).unexpected("wire/kv/put", Map.of("first", "OK"), Map.of("first", "OK")))
                .singleElement()
                .asString()
                .contains("is listed, but both observed");
    }

    @Test
    void aListedDifferenceOfAnotherKindIsUnexpected() throws IOException {
        assertThat(listed(ROW).unexpected("wire/kv/put", Map.of("first", "NOT_FOUND"), Map.of("first", "CANCELLED")))
                .singleElement()
                .asString()
                .contains("`OK` for here");
    }

    @Test
    void aListedStepThatDoesNotExistIsUnexpected() throws IOException {
        assertThat(listed(ROW).unexpected("wire/kv/put", Map.of(), Map.of()))
                .singleElement()
                .asString()
                .contains("there is no such step");
    }

    @Test
    void aListedScenarioThatDoesNotExistIsFound() throws IOException {
        Scenario other = Scenario.brief("wire/kv/range", run -> {});

        assertThat(listed(ROW).withoutScenario(List.of(other))).containsExactly("wire/kv/put: first");
    }

    @Test
    void aDifferenceThatIsListedTwiceIsRefused() {
        assertThatThrownBy(() -> listed(ROW + "\n" + ROW)).hasMessageContaining("twice");
    }

    private Differences listed(String rows) throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(page, rows);
        return Differences.listedIn(page);
    }
}
