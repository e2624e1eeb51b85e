package io.orderly.coordinator.simulation.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.orderly.coordinator.simulation.Simulation;
import io.orderly.coordinator.simulation.Trace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator must find each mutant, in the phase that the mutant names, in a run that violates no property without it. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class MutantsTest {

    private static final int LEAST_MUTANTS = 70;

    static List<Mutant> all() throws IOException {
        return new Mutants().all();
    }

    @Test
    void noMutantWasRemoved() throws IOException {
        assertThat(all()).hasSizeGreaterThanOrEqualTo(LEAST_MUTANTS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isFound(Mutant mutant) throws IOException {
        Optional<Mutants.Detection> detection = Mutants.detect(
                mutant, new Mutants().simulatorOf(mutant), mutant.found().nodes());
        if (detection.isEmpty()) {
            fail(
                    "%s was not found by %d seeds from %s; it breaks: %s",
                    mutant, Mutants.MAX_SEEDS, mutant.found(), mutant.breaks());
        }
        var report = detection.get().report();
        System.out.printf(
                "%s: found by %s after %d runs: %s%n",
                mutant, report.run(), detection.get().runs(), report.violation().orElseThrow());
        assertThat(new Simulation().run(report.run(), Trace.OFF).violation())
                .as("the same run without the mutant")
                .isEmpty();
        if (Boolean.getBoolean("mutants.record")) {
            mutant.record(report.run().seed());
        }
    }
}
