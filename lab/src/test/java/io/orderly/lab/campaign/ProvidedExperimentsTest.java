package io.orderly.lab.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.ExperimentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiments that are part of the repository. */
class ProvidedExperimentsTest {

    private static final Path DOCUMENTS = Path.of("..", "docs");
    private static final String TABLE = "| pattern and anti-pattern | experiment |";
    private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

    static Stream<Path> files() {
        return ExperimentFile.in(Path.of("experiments")).stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isValidAndShortInItsQuickForm(Path file) {
        Experiment experiment = ExperimentFile.read(file, LabEnvironment.INSTALLATION);
        assertThat(experiment.expectations()).as("expectations").isNotEmpty();
        Duration arm = Stream.of(PhaseName.values()).map(experiment.quick()::of).reduce(Duration.ZERO, Duration::plus);
        assertThat(arm).isLessThan(Duration.ofMinutes(2));
        assertThat(experiment.quick().repeats()).isEqualTo(1);
    }

    @Test
    void theDocumentsNameExistingExperimentsAndEachPageHasItsCommand() throws IOException {
        List<String> names = files().map(ExperimentFile::nameOf).toList();
        String document = Files.readString(DOCUMENTS.resolve("experiments.md"));
        String table = document.substring(document.indexOf(TABLE), document.indexOf("\n\n", document.indexOf(TABLE)));
        assertThat(NAME.matcher(table).results().map(name -> name.group(1)))
                .isNotEmpty()
                .isSubsetOf(names);
        try (Stream<Path> pages = Files.list(DOCUMENTS.resolve("experiments"))) {
            assertThat(pages).isNotEmpty().allSatisfy(page -> {
                String name = page.getFileName().toString().replace(".md", "");
                assertThat(names).contains(name);
                assertThat(Files.readString(page)).contains("\n./run lab " + name + " --quick\n");
            });
        }
    }
}
