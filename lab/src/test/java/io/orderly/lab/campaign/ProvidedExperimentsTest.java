package io.orderly.lab.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.experiment.Experiment;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.ExperimentFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiments that are part of the repository. */
class ProvidedExperimentsTest {

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
}
