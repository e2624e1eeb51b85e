package io.orderly.coordinator.museum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.orderly.coordinator.simulation.RunParameters;
import io.orderly.coordinator.simulation.RunReport;
import io.orderly.coordinator.simulation.Simulation;
import io.orderly.coordinator.simulation.Simulator;
import io.orderly.coordinator.simulation.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Puts each known mistake into the production code; the simulator must find it, in the phase where it shows. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class MutantsTest {

    private static final int MAX_SEEDS = 300;
    private static final int LEAST_EXHIBITS = 68;
    private static final Path EXHIBITS = Path.of("src/test/resources/museum");
    private static final Path SOURCES = Path.of("src/main/java/io/orderly/coordinator");

    static Stream<Mutant> exhibits() throws IOException {
        return Mutant.all(EXHIBITS).stream();
    }

    @Test
    void theMuseumHoldsManyExhibits() throws IOException {
        assertThat(exhibits()).hasSizeGreaterThanOrEqualTo(LEAST_EXHIBITS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exhibits")
    void isCaught(Mutant exhibit) throws IOException {
        Simulator simulator = new MutantLoader(new MutantCompiler(SOURCES).compile(exhibit)).simulator();
        RunParameters first = exhibit.found();
        for (long seed = first.seed(); seed < first.seed() + MAX_SEEDS; seed++) {
            RunReport report =
                    simulator.run(new RunParameters(seed, first.nodes(), first.workload(), first.faults()), Trace.OFF);
            if (report.violation().isPresent() && report.violation().get().phase() == exhibit.phase()) {
                System.out.printf(
                        "%s: caught by %s after %d runs: %s%n",
                        exhibit,
                        report.run(),
                        seed - first.seed() + 1,
                        report.violation().get());
                assertThat(new Simulation().run(report.run(), Trace.OFF).violation())
                        .as("the same run without the mistake")
                        .isEmpty();
                if (Boolean.getBoolean("museum.record")) {
                    exhibit.record(seed);
                }
                return;
            }
        }
        fail("%s survived %d seeds from %s; it breaks: %s", exhibit, MAX_SEEDS, first, exhibit.breaks());
    }
}
