package io.orderly.coordinator.simulation.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceEditTest {

    private static final String SOURCE = """
            int quorum() {
                return members / 2 + 1;
            }
            """;

    @Test
    void replacesLinesWithAnyIndentation() {
        SourceEdit edit = new SourceEdit(
                "Quorum.java", List.of("int quorum() {", "return members / 2 + 1;"), "int quorum() { return 1;");
        assertThat(edit.applyTo(SOURCE)).contains("int quorum() { return 1;").doesNotContain("members");
    }

    @Test
    void failsIfTheLinesAreNotInTheSource() {
        assertThatThrownBy(() -> new SourceEdit("Quorum.java", List.of("return 7;"), "").applyTo(SOURCE))
                .hasMessageContaining("update the mutant");
        assertThatThrownBy(() -> new SourceEdit("Quorum.java", List.of("return members"), "").applyTo(SOURCE))
                .as("half a line")
                .hasMessageContaining("update the mutant");
    }

    @Test
    void failsIfTheLinesAreInTheSourceTwice() {
        assertThatThrownBy(() ->
                        new SourceEdit("Quorum.java", List.of("return members / 2 + 1;"), "").applyTo(SOURCE + SOURCE))
                .hasMessageContaining("twice");
    }
}
