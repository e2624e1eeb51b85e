package io.orderly.coordinator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulatorApplicationTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showsHowAMutantIsFound() {
        assertThat(run("--mutant", "quorum-of-half", "--nodes", "4")).isZero();
        assertThat(out.toString())
                .contains("Mutant quorum-of-half")
                .contains("-        return voters / 2 + 1;")
                .contains("+        return voters / 2;")
                .containsPattern("Found after \\d+ runs, by --seed \\d+ --nodes 4 --workload map")
                .containsPattern("(?m)^ +[0-9,]+ n[1-4] ")
                .contains("Violated, safety: ")
                .contains(".trace")
                .contains("The same run without the mutant: no property is violated");
    }

    @Test
    void listsTheMutants() {
        assertThat(run("--mutants")).isZero();
        assertThat(out.toString().lines())
                .hasSizeGreaterThanOrEqualTo(68)
                .anyMatch(line -> line.matches("quorum-of-half +two halves of a cluster of four decide differently.*"));
    }

    @Test
    void namesTheNearestMutantsOfAnUnknownOne() {
        assertThat(run("--mutant", "quorum-of-hlaf")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("unknown mutant quorum-of-hlaf; similar names: quorum-of-half, ");
    }

    @Test
    void refusesAClusterOfSixNodes() {
        assertThat(run("--nodes", "6")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--nodes must be 3, 4 or 5, but is 6");
    }

    private int run(String... arguments) {
        return SimulatorApplication.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
