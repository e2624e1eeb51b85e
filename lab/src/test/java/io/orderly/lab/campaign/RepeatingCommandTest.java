package io.orderly.lab.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RepeatingCommandTest {

    @Test
    void statesSeedAndRepeatsEvenIfTheyAreDefaults() {
        assertThat(new RepeatingCommand("dual-write", false, 1, 3, List.of(), null))
                .hasToString("./run lab dual-write --seed 1 --repeats 3");
    }

    @Test
    void hasEveryOption() {
        assertThat(new RepeatingCommand("/my files/a'b.yaml", true, -7, 1, List.of("hot", "spread"), Path.of("/tmp/x")))
                .hasToString("./run lab '/my files/a'\\''b.yaml' --quick --seed -7 --repeats 1 "
                        + "--scenario hot --scenario spread --data /tmp/x");
    }

    @Test
    void statesTheFileOfASystemOfOthers() {
        assertThat(new RepeatingCommand("--system=/my files/shop.yaml", false, 2, 1, List.of(), null))
                .hasToString("./run lab '--system=/my files/shop.yaml' --seed 2 --repeats 1");
    }

    /** A new option that changes a run has to be added here. */
    @Test
    void theCommandHasNoOtherOptions() {
        assertThat(new CommandLine(new LabCommand()).getCommandSpec().options())
                .flatExtracting(option -> List.of(option.names()))
                .containsExactlyInAnyOrder(
                        "--system",
                        "--quick",
                        "--seed",
                        "--repeats",
                        "--scenario",
                        "--data",
                        "-h",
                        "--help",
                        "-V",
                        "--version");
    }
}
